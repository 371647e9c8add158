// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void namesMethodAndPath() {
    assertThat(Endpoint.SIGN_IN.method() + " " + Endpoint.SIGN_IN.path())
        .isEqualTo("POST /v1/auth");
    assertThat(Endpoint.HOSTS.method() + " " + Endpoint.HOSTS.path()).isEqualTo("GET /v2/hosts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/auth", "/v1/auth/"})
  void servesSignInWithASlashAtTheEndAndWithout(String path) {
    assertThat(Endpoint.at(path)).isEqualTo(Endpoint.SIGN_IN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/hosts", "/v2/hosts/"})
  void servesHostsWithASlashAtTheEndAndWithout(String path) {
    assertThat(Endpoint.at(path)).isEqualTo(Endpoint.HOSTS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "*",
        "/v2",
        "/v2/hosts//",
        "/v2/hosts/1",
        "/v2/hostsx",
        "/V2/hosts",
        "/v2%2Fhosts",
        "//v2/hosts"
      })
  void knowsNoOtherPath(String path) {
    assertThat(Endpoint.at(path)).isNull();
  }
}
