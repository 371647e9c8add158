// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.InvalidSessionException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.ManualTimer;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The live table, drawing by drawing, in virtual time. */
class WatchHostsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ManualTimer timer = ManualTimer.create();
  private final FakeParsecServer server = FakeParsecServer.start();
  // Longer limits than the interval, so that the next thing due is the next poll.
  private final ParsecClient parsec = server
      .clientBuilder()
      .timer(timer)
      .timeout(Duration.ofMinutes(2))
      .attemptTimeout(Duration.ofMinutes(1))
      .build();
  private final BlockingQueue<String> drawings = new LinkedBlockingQueue<>();
  private final LiveTable table = new LiveTable(drawings::add);
  private final PipedOutputStream keys = new PipedOutputStream();
  private final FakeAccount dude = server.account("dude@example.com", "secret");
  private final Session session = dude.openSession();
  private final FakeHost desktop = FakeHost.desktop("LEBOWSKI");

  @AfterEach
  void close() throws IOException {
    keys.close();
    parsec.close();
    server.close();
  }

  @Test
  void drawsWhatAppearsChangesAndGoes() throws Exception {
    CompletableFuture<Void> program = watch();
    assertThat(changes()).isEmpty();

    dude.owns(desktop);
    poll();
    assertThat(changes()).containsExactly("+ LEBOWSKI");

    desktop.players(3);
    poll();
    assertThat(changes()).containsExactly("* LEBOWSKI [PLAYERS]");

    server.fail(Endpoint.HOSTS, Fault.status(501));
    poll();
    dude.ownsNoMore(desktop);
    poll();
    assertThat(changes()).containsExactly("- LEBOWSKI");

    keys.close();
    program.get(1, TimeUnit.MINUTES);
    awaitEndOfPolls();
  }

  @Test
  void endsWhenTheSessionDoes() throws Exception {
    CompletableFuture<Void> program = watch();
    assertThat(changes()).isEmpty();

    server.expireSessions();
    poll();

    assertThatThrownBy(() -> program.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(InvalidSessionException.class);
  }

  private CompletableFuture<Void> watch() throws IOException {
    PipedInputStream in = new PipedInputStream(keys);
    return CompletableFuture.runAsync(() -> WatchHosts.watch(parsec, session, table, in));
  }

  /** Lets the time pass until the next poll, and that begin. */
  private void poll() throws InterruptedException {
    timer.awaitDueWithin(Duration.ofSeconds(20), PATIENCE);
    server.clearRequests();
    timer.advanceToNext();
    assertThat(server.await(Endpoint.HOSTS, PATIENCE)).isNotNull();
  }

  /** The subscription is cancelled while the program ends, not before. */
  private void awaitEndOfPolls() {
    long begin = System.nanoTime();
    while (timer.pending() > 0) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
      Thread.onSpinWait();
    }
  }

  /** Returns the lines of changes of the next drawing, which begins with the cursor in the upper left corner. */
  private List<String> changes() throws InterruptedException {
    String drawing = drawings.poll(1, TimeUnit.MINUTES);
    assertThat(drawing).startsWith("\u001b[H\u001b[J" + "NAME");
    return drawing.lines().filter(line -> line.matches("[-+*] .*")).collect(Collectors.toList());
  }
}
