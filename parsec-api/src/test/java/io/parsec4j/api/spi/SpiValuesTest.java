// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.FailureStage;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiValuesTest {

  @Nested
  class Options {
    @Test
    void areTheSystemsProxiesAndTrustAndFiveSecondsToConnect() {
      TransportOptions options = TransportOptions.defaults();

      assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
      assertThat(options.proxy()).containsSame(ProxySelector.getDefault());
      assertThat(options.sslContext()).isEmpty();
    }

    @Test
    void areWhatIsSaid() throws Exception {
      ProxySelector proxy = ProxySelector.of(null);
      SSLContext tls = SSLContext.getDefault();

      TransportOptions options = TransportOptions.builder()
          .connectTimeout(Duration.ofMinutes(10))
          .proxy(proxy)
          .sslContext(tls)
          .build();

      assertThat(options.connectTimeout()).isEqualTo(Duration.ofMinutes(10));
      assertThat(options.proxy()).containsSame(proxy);
      assertThat(options.sslContext()).containsSame(tls);
    }

    @Test
    void canSwitchProxiesOff() {
      ProxySelector proxy = ProxySelector.of(null);

      assertThat(TransportOptions.builder().noProxy().build().proxy()).isEmpty();
      assertThat(TransportOptions.builder().proxy(proxy).noProxy().build().proxy())
          .isEmpty();
      assertThat(TransportOptions.builder().noProxy().proxy(proxy).build().proxy())
          .containsSame(proxy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT10M0.001S"})
    void limitTheTimeToConnect(String text) {
      assertThatThrownBy(() -> TransportOptions.builder().connectTimeout(Duration.parse(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("connectTimeout must be positive and at most PT10M, was " + text);
    }
  }

  @Nested
  class Failures {
    @Test
    void tellTheirStage() {
      TransportException plain = new TransportException(FailureStage.TLS, "message");
      Throwable cause = new IllegalStateException("cause");

      assertThat(plain).hasMessage("message").hasNoCause();
      assertThat(plain.stage()).isEqualTo(FailureStage.TLS);
      assertThat(plain.status()).isEmpty();
      assertThat(new TransportException(FailureStage.TLS, "message", cause)).hasCause(cause);
    }

    @Test
    void tellTheStatusOfAnAnswerThatWasCutOff() {
      TransportException cut = TransportException.bodyTooLarge(65_536, 503);

      assertThat(cut).hasMessage("response body larger than 65536 bytes").hasNoCause();
      assertThat(cut.stage()).isEqualTo(FailureStage.TOO_LARGE);
      assertThat(cut.status()).hasValue(503);
    }

    @Test
    void ofCodecsAreAMessage() {
      assertThat(new CodecException("message")).hasMessage("message").hasNoCause();
    }
  }

  @Nested
  class Bodies {
    @Test
    void ofASignInHaveACodeOrNone() {
      SignInBody with = SignInBody.of("email", "password", Optional.of("code"));

      assertThat(with.email()).isEqualTo("email");
      assertThat(with.password()).isEqualTo("password");
      assertThat(with.tfaCode()).contains("code");
      assertThat(with).hasToString("SignInBody[…]");
      assertThat(SignInBody.of("email", "password", Optional.empty()).tfaCode()).isEmpty();
    }

    @Test
    void ofAnErrorTellWhatIsThere() {
      ErrorBody body = ErrorBody.of(Optional.of("text"), true, Optional.of("totp"));

      assertThat(body.error()).contains("text");
      assertThat(body.tfaRequired()).isTrue();
      assertThat(body.tfaType()).contains("totp");
      assertThat(body).hasToString("ErrorBody[tfaRequired=true]");
      assertThat(ErrorBody.of(Optional.empty(), false, Optional.empty()).error())
          .isEmpty();
    }
  }

  @Test
  void aResponseIsWhatCameOverTheWire() {
    byte[] body = {1, 2, 3};
    Headers headers = Headers.of("A", "1");

    TransportResponse response = TransportResponse.of(999, headers, body);

    assertThat(response.status()).isEqualTo(999);
    assertThat(response.headers()).isSameAs(headers);
    assertThat(response.body()).isSameAs(body);
    assertThat(response).hasToString("TransportResponse[999, 3 bytes]");
  }

  @Test
  void providersRankAtZeroUnlessTheySayOtherwise() {
    TransportProvider transport = new TransportProvider() {
      @Override
      public String name() {
        return "t";
      }

      @Override
      public Transport create(TransportOptions options) {
        return request -> new CompletableFuture<>();
      }
    };
    CodecProvider codec = new CodecProvider() {
      @Override
      public String name() {
        return "c";
      }

      @Override
      public Codec create() {
        throw new UnsupportedOperationException();
      }
    };

    assertThat(transport.priority()).isZero();
    assertThat(codec.priority()).isZero();
  }

  @Test
  void aTransportThatOwnsNothingNeedNotBeClosed() {
    Transport transport = request -> new CompletableFuture<>();

    transport.close();
    transport.close();

    assertThat(transport).isNotNull();
  }
}
