// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.api.HostUser;

/** What the service tells of an account to its own sessions. Immutable. */
final class Profile {
  private final HostUser user;
  private final String email;
  private final boolean hasTfa;

  Profile(HostUser user, String email, boolean hasTfa) {
    this.user = user;
    this.email = email;
    this.hasTfa = hasTfa;
  }

  HostUser user() {
    return user;
  }

  String email() {
    return email;
  }

  boolean hasTfa() {
    return hasTfa;
  }
}
