// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportProvider;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProviderTest {
  @Test
  void isDeclaredForTheModulePath() {
    assertThat(ApacheTransport.class.getModule().getDescriptor().provides())
        .singleElement()
        .satisfies(provides -> {
          assertThat(provides.service()).isEqualTo(TransportProvider.class.getName());
          assertThat(provides.providers()).containsExactly(ApacheTransportProvider.class.getName());
        });
  }

  @Test
  void isDeclaredForTheClassPathToo() throws Exception {
    try (InputStream in = ApacheTransport.class.getResourceAsStream(
        "/META-INF/services/io.parsec4j.api.spi.TransportProvider")) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).trim())
          .isEqualTo(ApacheTransportProvider.class.getName());
    }
  }

  @Test
  void isNamedApacheAndHasThePriorityOfABundledChoice() {
    ApacheTransportProvider provider = new ApacheTransportProvider();

    assertThat(provider.name()).isEqualTo("apache");
    assertThat(provider.priority()).isZero();
    try (Transport transport = provider.create(TransportOptions.defaults())) {
      assertThat(transport).isInstanceOf(ApacheTransport.class);
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    ApacheTransport.Builder builder = ApacheTransport.builder();

    assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.maxConnections(0))
        .hasMessage("maxConnections must be 1 to 1024, was 0");
    assertThatThrownBy(() -> builder.maxConnections(1_025))
        .hasMessage("maxConnections must be 1 to 1024, was 1025");
    assertThatThrownBy(() -> builder.proxy(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.sslContext(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> ApacheTransport.create(null)).isInstanceOf(NullPointerException.class);
  }
}
