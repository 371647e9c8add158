// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.api.ApiKey;
import io.parsec4j.api.AuthCode;
import io.parsec4j.api.Credentials;
import io.parsec4j.api.SessionId;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Secrets that are recognized wherever they turn up. */
final class Canary {
  static final String PASSWORD = "canary-password-c0ffee";
  static final String CODE = "917364";
  static final String TOKEN = "canarysession5ca1ab1e5ca1ab1e";
  static final String HASH = "canaryhash0ddba11";
  static final String KEY = "canary-key-0c7a90";
  static final List<String> ALL = List.of(PASSWORD, CODE, TOKEN, HASH, KEY);

  static final SessionId SESSION_ID = SessionId.of(TOKEN);
  static final ApiKey API_KEY = ApiKey.of(KEY);
  static final Credentials CREDENTIALS =
      Credentials.of("dude@example.com", PASSWORD.toCharArray()).withTfaCode(CODE);
  static final AuthCode AUTH_CODE = AuthCode.builder()
      .verificationUri(URI.create("https://parsec.gg/activate"))
      .userCode("ABCD3456")
      .hash(HASH)
      .expiresAt(Instant.MAX)
      .interval(HastyTimer.LONG)
      .build();

  private Canary() {}
}
