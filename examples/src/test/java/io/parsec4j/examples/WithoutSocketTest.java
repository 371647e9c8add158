// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecTimeoutException;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.Latency;
import io.parsec4j.testkit.ManualTimer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unit tests in memory, in which time passes when the test says so. */
class WithoutSocketTest {
  private final ManualTimer timer = ManualTimer.create();
  private final FakeTransport service =
      FakeTransport.builder().clock(timer.clock()).timer(timer).build();
  private final ParsecClient parsec =
      service.clientBuilder().timer(timer).executor(Runnable::run).build();
  private final Session session = service
      .account("dude@example.com", "secret")
      .owns(FakeHost.desktop("LEBOWSKI"))
      .openSession();

  @AfterEach
  void close() {
    parsec.close();
    service.close();
  }

  @Test
  void aBusyServiceIsAskedAgainAfterAWait() {
    service.fail(Endpoint.HOSTS, Fault.rateLimit(ofSeconds(5)));

    CompletableFuture<HostPage> hosts = parsec.async().hosts(session, HostQuery.any());
    timer.advance(ofSeconds(4));
    assertThat(hosts).isNotDone();
    timer.advance(ofSeconds(2));

    assertThat(hosts.join()).hasSize(1);
    service.verify(Endpoint.HOSTS).times(2);
  }

  @Test
  void aServiceThatNeverAnswersEndsAtTheTimeLimit() {
    service.fail(Endpoint.HOSTS, Fault.stall().always());

    CompletableFuture<HostPage> hosts = parsec.async().hosts(session, HostQuery.any());
    timer.advance(ofSeconds(30));

    assertThatThrownBy(hosts::join).hasCauseInstanceOf(ParsecTimeoutException.class);
  }

  @Test
  void aServiceUnderLoadIsSlowNowAndThen() {
    service.latency(Latency.longTailed(ofMillis(80), ofSeconds(1)));
    List<CompletableFuture<HostPage>> calls = Stream.generate(
            () -> parsec.async().hosts(session, HostQuery.any()))
        .limit(100)
        .collect(Collectors.toList());

    timer.advance(ofMillis(80));
    assertThat(calls.stream().filter(CompletableFuture::isDone).count()).isBetween(30L, 70L);
    timer.advance(ofSeconds(10));

    assertThat(calls).allSatisfy(call -> assertThat(call.join()).hasSize(1));
  }
}
