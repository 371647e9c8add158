// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/** What can change of a {@link Host} while its peer ID stays the same; one for each method of {@link Host}. */
public enum HostField {
  /** {@link Host#user()}. */
  USER(Host::user),
  /** {@link Host#gameId()}. */
  GAME_ID(Host::gameId),
  /** {@link Host#build()}. */
  BUILD(Host::build),
  /** {@link Host#description()}. */
  DESCRIPTION(Host::description),
  /** {@link Host#maxPlayers()}. */
  MAX_PLAYERS(Host::maxPlayers),
  /** {@link Host#mode()}. */
  MODE(Host::mode),
  /** {@link Host#name()}. */
  NAME(Host::name),
  /** {@link Host#players()}. */
  PLAYERS(Host::players),
  /** {@link Host#isPublic()}. */
  IS_PUBLIC(Host::isPublic),
  /** {@link Host#isSelf()}. */
  IS_SELF(Host::isSelf),
  /** {@link Host#eventName()}. */
  EVENT_NAME(Host::eventName),
  /** {@link Host#guestAccess()}. */
  GUEST_ACCESS(Host::guestAccess),
  /** {@link Host#online()}. */
  ONLINE(Host::online);

  @SuppressWarnings("ImmutableEnumChecker") // references to methods have no state
  private final Function<Host, Object> value;

  HostField(Function<Host, Object> value) {
    this.value = value;
  }

  static Set<HostField> differing(Host one, Host other) {
    EnumSet<HostField> fields = EnumSet.allOf(HostField.class);
    fields.removeIf(field -> field.value.apply(one).equals(field.value.apply(other)));
    return fields;
  }
}
