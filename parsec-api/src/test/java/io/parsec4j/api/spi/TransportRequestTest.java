// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportRequestTest {
  private static final URI ADDRESS = URI.create("https://example.com:8443/a%2Fb?c=d");

  private final TransportRequest.Builder builder = TransportRequest.builder("POST", ADDRESS);

  @Test
  void hasNoHeadersNoBodyAndSmallLimitsUnlessSaid() {
    TransportRequest request = builder.build();

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).isEqualTo(ADDRESS);
    assertThat(request.headers().size()).isZero();
    assertThat(request.bodyLength()).isEmpty();
    assertThat(request.maxResponseBytes()).isEqualTo(65_536);
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void carriesWhatIsSaid() {
    TransportRequest request = builder
        .header("A", "1")
        .headers(Headers.of("B", "2", "a", "3\t~ "))
        .body(new byte[] {7, 8})
        .maxResponseBytes(1)
        .timeout(Duration.ofNanos(1))
        .build();

    assertThat(request.headers()).hasToString("Headers[A, B, a]");
    assertThat(request.headers().all("a")).containsExactly("1", "3\t~ ");
    assertThat(request.bodyLength()).hasValue(2);
    assertThat(request.openBody()).containsExactly(7, 8);
    assertThat(request.maxResponseBytes()).isEqualTo(1);
    assertThat(request.timeout()).isEqualTo(Duration.ofNanos(1));
  }

  @Test
  void handsItsBodyOutOnce() {
    TransportRequest request = builder.body(new byte[] {7}).build();

    assertThat(request.openBody()).containsExactly(7);
    assertThatThrownBy(request::openBody)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the body was opened before");
    assertThat(builder.build().openBody()).containsExactly(7);
  }

  @Test
  void asksForItsBodyOnlyWhenItIsOpened() {
    TransportRequest request = builder
        .body(3, () -> {
          throw new IllegalStateException("refused");
        })
        .build();

    assertThat(request.bodyLength()).hasValue(3);
    assertThatThrownBy(request::openBody)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("refused");
  }

  @Test
  void hasNothingToOpenWithoutABody() {
    TransportRequest request = builder.build();

    assertThatThrownBy(request::openBody)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the request has no body; ask bodyLength() first");
  }

  @Test
  void mayHaveAnEmptyBody() {
    TransportRequest request = builder.body(new byte[0]).build();

    assertThat(request.bodyLength()).hasValue(0);
    assertThat(request.openBody()).isEmpty();
  }

  @Test
  void isNotChangedByItsBuilder() {
    TransportRequest request = builder.header("A", "1").build();

    TransportRequest another = builder.header("B", "2").build();

    assertThat(another.headers().first("B")).contains("2");
    assertThat(request.headers().first("B")).isEmpty();
  }

  @Test
  void printsMethodAndPlace() {
    assertThat(builder.build())
        .hasToString("TransportRequest[POST https://example.com:8443/a%2Fb]");
    assertThat(TransportRequest.builder("GET", URI.create("http://[::1]/x")).build())
        .hasToString("TransportRequest[GET http://[::1]/x]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "get", "GET ", "GET\r\nX: y", "G3T", "ÄT"})
  void refusesAMethodThatIsNotInCapitals(String method) {
    assertThatThrownBy(() -> TransportRequest.builder(method, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("method must consist of capital letters A to Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/path", "mailto:a@example.com", "file:///etc", "https:///x"})
  void refusesAnAddressWithoutAHost(String uri) {
    assertThatThrownBy(() -> TransportRequest.builder("GET", URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uri must be absolute and have a host");
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> builder.maxResponseBytes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxResponseBytes must be at least 1, was 0");
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be positive, was PT0S");
    assertThatThrownBy(() -> builder.timeout(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be positive, was PT-0.000000001S");
    assertThatThrownBy(() -> builder.body(-1, () -> new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length must not be negative, was -1");
  }
}
