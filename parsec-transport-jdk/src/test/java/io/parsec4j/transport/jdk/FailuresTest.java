// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures that no server can bring about. */
class FailuresTest {
  private static final URI ADDRESS = URI.create("https://user:password@service.example:8443/?q=x");

  @Test
  void ofTheJdkToGetASocketAreAboutConnecting() {
    IOException cause = new IOException("Too many open files");

    TransportException failure =
        Failures.translate(new CompletionException(new InternalError(cause)), ADDRESS, false);

    assertThat(failure.stage()).isEqualTo(FailureStage.CONNECT);
    assertThat(failure)
        .hasMessage("no connection to service.example:8443 (IOException)")
        .hasCause(cause);
  }

  @Test
  void ofTheJdkAfterTheBodyWasHandedOutAreNotAboutConnecting() {
    TransportException failure = Failures.translate(
        new InternalError(new IOException("Too many open files")), ADDRESS, true);

    assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
    assertThat(failure)
        .hasMessage("the exchange with service.example:8443 failed (InternalError)")
        .hasNoCause();
  }

  @Test
  void thatAreErrorsSayNothingOfTheAnswer() {
    TransportException failure =
        Failures.translate(new OutOfMemoryError("Java heap space"), ADDRESS, false);

    assertThat(failure.stage()).isEqualTo(FailureStage.EXCHANGE);
    assertThat(failure)
        .hasMessage("the exchange with service.example:8443 failed (OutOfMemoryError)")
        .hasNoCause();
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        arguments(new UnknownHostException(), FailureStage.CONNECT),
        arguments(
            new ConnectException().initCause(new UnresolvedAddressException()),
            FailureStage.CONNECT),
        arguments(new NoRouteToHostException(), FailureStage.CONNECT),
        arguments(new IOException("Tunnel failed, got: 407"), FailureStage.CONNECT),
        arguments(new IOException("Proxy Authentication Required"), FailureStage.CONNECT),
        arguments(new HttpConnectTimeoutException("slow"), FailureStage.TIMEOUT),
        arguments(new SSLHandshakeException("no"), FailureStage.TLS),
        arguments(new SSLPeerUnverifiedException("who"), FailureStage.TLS),
        arguments(new ProtocolException("Header size too big"), FailureStage.TOO_LARGE),
        arguments(new ProtocolException("Invalid status line"), FailureStage.EXCHANGE),
        arguments(new SSLException("closed inbound"), FailureStage.EXCHANGE),
        arguments(new SocketException("Connection reset"), FailureStage.EXCHANGE),
        arguments(new InternalError(new IllegalStateException()), FailureStage.EXCHANGE),
        arguments(new NumberFormatException("C4NARY"), FailureStage.EXCHANGE));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void areToldByTheirKind(Throwable cause, FailureStage stage) {
    TransportException failure = Failures.translate(new CompletionException(cause), ADDRESS, false);

    assertThat(failure.stage()).isEqualTo(stage);
    assertThat(failure)
        .hasMessageContaining("(" + cause.getClass().getSimpleName() + ")")
        .hasMessageNotContainingAny("C4NARY", "password");
  }

  @Test
  void nameHostAndPortOnly() {
    assertThat(Failures.translate(new ConnectException(), ADDRESS, false))
        .hasMessage("no connection to service.example:8443 (ConnectException)");
    assertThat(Failures.translate(
            new ConnectException(), URI.create("https://user:password@service.example/"), false))
        .hasMessage("no connection to service.example (ConnectException)");
  }

  @Test
  void leaveASocketOpenOnlyIfTheJdkCouldNotReadTheAnswer() {
    assertThat(Failures.leavesSocketOpen(new ProtocolException("Invalid status line")))
        .isTrue();
    assertThat(Failures.leavesSocketOpen(new CompletionException(new NumberFormatException())))
        .isTrue();
    assertThat(Failures.leavesSocketOpen(new CancellationException())).isFalse();
    assertThat(Failures.leavesSocketOpen(
            new IOException(new TransportException(FailureStage.EXCHANGE, "refused"))))
        .isFalse();
    assertThat(Failures.leavesSocketOpen(
            new CompletionException(TransportException.bodyTooLarge(10, 200))))
        .isFalse();
    assertThat(Failures.leavesSocketOpen(new IOException("closed"))).isFalse();
  }
}
