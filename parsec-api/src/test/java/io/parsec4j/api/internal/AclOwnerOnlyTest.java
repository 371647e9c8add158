// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.SessionStoreException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule for access control lists; the rest of it is tested with the store, on Windows. */
class AclOwnerOnlyTest {
  private static final Path FILE = Path.of("session");
  private static final UserPrincipal DUDE = new Named("dude");
  private static final UserPrincipal WALTER = new Named("walter");

  @Test
  void acceptsAListThatLetsTheOwnerAloneIn() {
    List<AclEntry> acl = List.of(entry(AclEntryType.DENY, WALTER), entry(AclEntryType.ALLOW, DUDE));

    assertThatCode(() -> AclOwnerOnly.requireOnly(FILE, acl, DUDE)).doesNotThrowAnyException();
  }

  @Test
  void refusesAListThatLetsOthersIn() {
    List<AclEntry> acl =
        List.of(entry(AclEntryType.ALLOW, DUDE), entry(AclEntryType.ALLOW, WALTER));

    assertThatThrownBy(() -> AclOwnerOnly.requireOnly(FILE, acl, DUDE))
        .isInstanceOfSatisfying(
            SessionStoreException.class,
            e -> assertThat(e.kind()).isEqualTo(SessionStoreException.Kind.DENIED))
        .hasMessageStartingWith("session is open to walter; ");
  }

  private static AclEntry entry(AclEntryType type, UserPrincipal principal) {
    return AclEntry.newBuilder()
        .setType(type)
        .setPrincipal(principal)
        .setPermissions(AclEntryPermission.READ_DATA)
        .build();
  }

  /** A user of that name. */
  private static final class Named implements UserPrincipal {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }
  }
}
