// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static io.parsec4j.transport.apache.Calls.failure;
import static io.parsec4j.transport.apache.Calls.get;
import static io.parsec4j.transport.apache.Calls.post;
import static io.parsec4j.transport.apache.Calls.result;
import static io.parsec4j.transport.apache.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void aThousandCallsShareAFewThreads() throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ApacheTransport transport =
            ApacheTransport.builder().noProxy().maxConnections(16).build();
        RawServer server = RawServer.start(peer -> {
          peer.readRequest();
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          open.decrementAndGet();
          peer.send("HTTP/1.1 200 OK\r\n\r\n" + peer.path());
        })) {
      List<CompletableFuture<TransportResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        calls.add(transport.send(post(server.uri("/" + i), "x")));
      }

      for (int i = 0; i < 1_000; i++) {
        assertThat(text(result(calls.get(i)))).isEqualTo("/" + i);
        assertThat(transport.threads()).isLessThanOrEqualTo(16);
      }
      assertThat(most.get()).isBetween(1, 16);
      assertThat(server.peers()).hasSize(1_000);
    }
  }

  @Test
  void threadsAreDaemonsWithHarmlessNamesAndLeaveWhenIdle() throws Exception {
    try (ApacheTransport transport =
            ApacheTransport.builder().noProxy().idleTime(Duration.ofMillis(50)).build();
        RawServer server = RawServer.answering(OK)) {
      CompletableFuture<Thread> worker =
          transport.send(get(server.uri())).thenApply(r -> Thread.currentThread());
      CompletableFuture<Thread> other = new CompletableFuture<>();
      CountDownLatch registered = new CountDownLatch(1);
      try (RawServer waiting = RawServer.start(peer -> {
        peer.readRequest();
        Calls.await(registered);
        peer.send(OK);
      })) {
        CompletableFuture<Void> told = transport
            .send(get(waiting.uri()))
            .thenAccept(r -> other.complete(Thread.currentThread()));
        registered.countDown();
        result(told);
      }

      assertThat(result(worker)).isNotNull();
      assertThat(result(other).isDaemon()).isTrue();
      assertThat(result(other).getName()).matches("parsec4j-apache-\\d+");
      assertThat(result(other).getContextClassLoader())
          .isSameAs(ApacheTransport.class.getClassLoader());
      assertThat(transport.threadsAfter(Calls.GENEROUS)).isZero();
      assertThat(text(result(transport.send(get(server.uri()))))).isEqualTo("ok");
    }
  }

  @Test
  void closesWithAHundredInFlight() throws Exception {
    ApacheTransport transport =
        ApacheTransport.builder().noProxy().maxConnections(100).build();
    try (RawServer server = RawServer.start(peer -> {
      peer.readRequest();
      peer.awaitLeave();
    })) {
      List<CompletableFuture<TransportResponse>> calls = new ArrayList<>();
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(transport.send(get(server.uri())));
      }
      for (int i = 0; i < 100; i++) {
        Peer peer = server.next();
        assertThat(peer.request()).startsWith("GET");
        peers.add(peer);
      }

      transport.close();

      assertThat(calls).allMatch(CompletableFuture::isDone);
      assertThat(transport.threads()).isZero();
      for (int i = 0; i < 100; i++) {
        assertThat(failure(calls.get(i)).stage()).isEqualTo(FailureStage.EXCHANGE);
        result(peers.get(i).left());
      }
    }
  }
}
