// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.CodecProvider;
import java.io.InputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonbCodecProviderTest {

  @Test
  void isTheLastChoiceAndMakesAJsonbCodec() {
    JsonbCodecProvider provider = new JsonbCodecProvider();

    assertThat(provider.name()).isEqualTo("jsonb");
    assertThat(provider.priority()).isEqualTo(-100);
    assertThat(provider.create()).isInstanceOf(JsonbCodec.class);
  }

  @Test
  void isDeclaredForTheClassPath() throws Exception {
    try (InputStream in = JsonbCodecProvider.class.getResourceAsStream(
        "/META-INF/services/" + CodecProvider.class.getName())) {
      assertThat(new String(in.readAllBytes(), UTF_8).trim())
          .isEqualTo(JsonbCodecProvider.class.getName());
    }
  }

  @Test
  @Tag("module")
  void isDeclaredForTheModulePath() {
    assertThat(JsonbCodecProvider.class.getModule().getDescriptor().provides())
        .singleElement()
        .satisfies(provides -> {
          assertThat(provides.service()).isEqualTo(CodecProvider.class.getName());
          assertThat(provides.providers()).containsExactly(JsonbCodecProvider.class.getName());
        });
  }
}
