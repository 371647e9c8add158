// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LeftoversTest {

  @Test
  void ofAHundredThousandCallsAreNotInTheTimer() {
    Bench bench = new Bench();
    LastExchange transport = new LastExchange();
    ParsecClient client =
        bench.builder().listener(new CallListener() {}).transport(transport).build();
    TransportResponse success = response(200);
    int done = 0;

    for (int i = 0; i < 100_000; i++) {
      CompletableFuture<HostPage> call = Bench.hosts(client);
      if (i % 2 == 0) {
        transport.last.complete(success);
      } else {
        call.cancel(true);
      }
      done += call.isDone() ? 1 : 0;
    }

    assertThat(done).isEqualTo(100_000);
    assertThat(bench.timer().pending()).isZero();
  }

  @Test
  void ofCallsAreNotInTheTimerOfTheJdkNorInTheirFutures() {
    LastExchange transport = new LastExchange();
    ParsecClient client = ParsecClient.builder()
        .transport(transport)
        .codec(new StubCodec())
        .executor(Runnable::run)
        .build();
    List<WeakReference<Object>> parts = new ArrayList<>();
    List<CompletableFuture<?>> kept = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      // A policy of its own that nobody holds but the call.
      Duration wait = Duration.ofHours(1 + i);
      RetryPolicy policy = (failed, random) -> Optional.of(wait);
      CallOptions options = CallOptions.builder()
          .retryPolicy(policy)
          .timeout(Duration.ofDays(1))
          .attemptTimeout(Duration.ofHours(12))
          .build();
      CompletableFuture<HostPage> call = Bench.hosts(client.with(options));
      CompletableFuture<Integer> derived = call.thenApply(page -> 1);
      parts.add(new WeakReference<>(policy));
      parts.add(new WeakReference<>(transport.last));
      if (i % 3 == 0) {
        parts.add(new WeakReference<>(transport.answer(200)));
      } else if (i % 3 == 1) {
        parts.add(new WeakReference<>(transport.answer(500)));
        derived.cancel(true);
      } else {
        call.cancel(true);
      }
      assertThat(call).isDone();
      kept.add(call);
      kept.add(derived);
    }
    transport.last = new CompletableFuture<>();

    Threads.await(() -> {
      System.gc();
      return parts.stream().allMatch(part -> part.get() == null);
    });
    assertThat(kept).hasSize(600).allMatch(CompletableFuture::isDone);
    assertThat(Bench.hosts(client)).isNotDone();
  }

  @Test
  void ofWaitsForApprovalAreNotInTheTimerNorInTheirFutures() {
    Bench bench = new Bench();
    LastExchange transport = new LastExchange();
    ParsecClient client =
        bench.builder().listener(new CallListener() {}).transport(transport).build();
    List<WeakReference<Object>> parts = new ArrayList<>();
    List<CompletableFuture<?>> kept = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      // A progress of its own that nobody holds but the wait.
      List<ApprovalPoll> polls = new ArrayList<>();
      CompletableFuture<Session> call = client.async().awaitApproval(Bench.authCode(), polls::add);
      CompletableFuture<Integer> derived = call.thenApply(session -> 1);
      if (i % 3 > 0) {
        assertThat(bench.timer().runNext()).isTrue();
      }
      if (i % 3 == 1) {
        transport.last.complete(response(404));
      } else {
        derived.cancel(true);
      }
      assertThat(call).isDone();
      parts.add(new WeakReference<>(polls));
      kept.add(call);
      kept.add(derived);
    }

    assertThat(bench.timer().pending()).isZero();
    Threads.await(() -> {
      System.gc();
      return parts.stream().allMatch(part -> part.get() == null);
    });
    assertThat(kept).hasSize(600).allMatch(CompletableFuture::isDone);
    assertThat(Bench.hosts(client)).isNotDone();
  }

  @Test
  void ofASignInThatCannotBeginAreNotInTheClient() {
    ParsecClient client = new Bench().client();

    WeakReference<Object> prompt = refusedWithAPromptOfItsOwn(client);

    Threads.await(() -> {
      System.gc();
      return prompt.get() == null;
    });
    assertThat(Bench.hosts(client)).isNotDone();
  }

  private static WeakReference<Object> refusedWithAPromptOfItsOwn(ParsecClient client) {
    List<TwoFactorChallenge> asked = new ArrayList<>();
    Credentials closed = Bench.credentials();
    closed.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> client.async().signIn(closed, challenge -> {
          asked.add(challenge);
          return new CompletableFuture<>();
        }));
    return new WeakReference<>(asked);
  }

  /** Keeps no exchange but the last. */
  private static final class LastExchange implements Transport {
    private CompletableFuture<TransportResponse> last = new CompletableFuture<>();

    @Override
    public CompletableFuture<TransportResponse> send(TransportRequest request) {
      last = new CompletableFuture<>();
      return last;
    }

    TransportResponse answer(int status) {
      TransportResponse answer = response(status);
      last.complete(answer);
      return answer;
    }
  }

  private static TransportResponse response(int status) {
    return TransportResponse.of(status, Headers.of(), "hosts".getBytes(StandardCharsets.UTF_8));
  }
}
