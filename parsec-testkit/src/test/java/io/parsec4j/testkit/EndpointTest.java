// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  @Test
  void namesMethodAndPath() {
    assertThat(Endpoint.values())
        .extracting(endpoint -> endpoint.method() + " " + endpoint.path())
        .containsExactly(
            "POST /v1/auth",
            "GET /v2/hosts",
            "POST /auth/codes",
            "POST /auth/sessions",
            "POST /enterprise/sessions",
            "GET /me");
  }

  @ParameterizedTest
  @EnumSource
  void isServedWithASlashAtTheEndAndWithout(Endpoint endpoint) {
    assertThat(Endpoint.at(endpoint.path())).isEqualTo(endpoint);
    assertThat(Endpoint.at(endpoint.path() + "/")).isEqualTo(endpoint);
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
        "//v2/hosts",
        "/me//",
        "/mean"
      })
  void knowsNoOtherPath(String path) {
    assertThat(Endpoint.at(path)).isNull();
  }
}
