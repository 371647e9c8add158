// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.fixture.StubCodec;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;
import org.testng.annotations.AfterMethod;

/** Runs the TCK of Reactive Streams, which is written for TestNG. */
class WatchTckTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  @Test
  void keepsTheRulesForPublishers() {
    TestListenerAdapter results = new TestListenerAdapter();
    TestNG tck = new TestNG(false);
    tck.setVerbose(0);
    tck.setTestClasses(new Class<?>[] {Verification.class});
    tck.addListener(results);

    tck.run();

    assertThat(results.getFailedTests())
        .extracting(test -> test.getName() + ": " + test.getThrowable())
        .isEmpty();
    assertThat(results.getConfigurationFailures()).isEmpty();
    // What may be left out, and what the TCK itself has no test for.
    assertThat(names(results.getSkippedTests()))
        .allMatch(name -> name.startsWith("optional_") || name.startsWith("untested_"));
    assertThat(names(results.getPassedTests()))
        .filteredOn(name -> name.startsWith("required_") || name.startsWith("stochastic_"))
        .hasSize(23);
  }

  private static List<String> names(List<ITestResult> tests) {
    return tests.stream().map(ITestResult::getName).collect(Collectors.toList());
  }

  /** Subscribes to watches of services that have another host at each poll. */
  public static final class Verification extends FlowPublisherVerification<HostsUpdate> {
    private static final long PATIENCE_MILLIS = 60_000;
    private static final String DIFFER = "whoever requests late gets several updates in one";
    private static final long SILENCE_MILLIS = 100;
    private static final long GC_PAUSE_MILLIS = 1_000;

    private final List<ParsecClient> clients = new CopyOnWriteArrayList<>();

    /** Waits long for what must come and not long for what must not. */
    public Verification() {
      super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS), GC_PAUSE_MILLIS);
    }

    /** Ends the polling for those who have not cancelled. */
    @AfterMethod
    public void closeClients() {
      clients.forEach(ParsecClient::close);
      clients.clear();
    }

    @Override
    public Flow.Publisher<HostsUpdate> createFlowPublisher(long elements) {
      Service service = new Service();
      ParsecClient client = client(service);
      if (elements == 0) {
        client.close();
      }
      Flow.Publisher<HostsUpdate> watch =
          client.watchHosts(Bench.session(), HostQuery.any(), INTERVAL);
      return subscriber -> watch.subscribe(
          subscriber == null
              ? null
              : new Counting(subscriber, count -> {
                service.answer(count + 1);
                if (count == elements) {
                  client.close();
                }
              }));
    }

    @Override
    public Flow.Publisher<HostsUpdate> createFailedFlowPublisher() {
      return client(request -> CompletableFuture.completedFuture(answer(401, "")))
          .watchHosts(Bench.session(), HostQuery.any(), INTERVAL);
    }

    @Override
    public void
        optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne() {
      notVerified(DIFFER);
    }

    @Override
    public void
        optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront() {
      notVerified(DIFFER);
    }

    @Override
    public void
        optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected() {
      notVerified(DIFFER);
    }

    private ParsecClient client(Transport transport) {
      ParsecClient client = ParsecClient.builder()
          .transport(transport)
          .codec(new StubCodec())
          .timer(new ImpatientTimer())
          .build();
      clients.add(client);
      return client;
    }
  }

  private static TransportResponse answer(int status, String body) {
    return TransportResponse.of(status, Headers.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers a poll when the update of the one before has been taken, so that no two updates become one. */
  private static final class Service implements Transport {
    private final List<CompletableFuture<TransportResponse>> exchanges =
        new CopyOnWriteArrayList<>();
    private long answered = 1;

    @Override
    public CompletableFuture<TransportResponse> send(TransportRequest request) {
      CompletableFuture<TransportResponse> exchange = new CompletableFuture<>();
      synchronized (this) {
        exchanges.add(exchange);
      }
      answer(1);
      return exchange;
    }

    /** Answers all polls up to this one, as soon as they come. */
    void answer(long upTo) {
      long end;
      synchronized (this) {
        answered = Math.max(answered, upTo);
        end = Math.min(answered, exchanges.size());
      }
      for (int i = 0; i < end; i++) {
        exchanges.get(i).complete(WatchTckTest.answer(200, "hosts peer" + i));
      }
    }

    @Override
    public void close() {}
  }

  /** Counts the updates that were taken. */
  private static final class Counting implements Flow.Subscriber<HostsUpdate> {
    private final Flow.Subscriber<? super HostsUpdate> subscriber;
    private final LongConsumer taken;
    private long count;

    Counting(Flow.Subscriber<? super HostsUpdate> subscriber, LongConsumer taken) {
      this.subscriber = subscriber;
      this.taken = taken;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(HostsUpdate update) {
      subscriber.onNext(update);
      taken.accept(++count);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }

  /** The time of the JVM, but a pause between polls is over at once. */
  private static final class ImpatientTimer implements Timer {
    private final Timer timer = Timer.system();

    @Override
    public long nanoTime() {
      return timer.nanoTime();
    }

    @Override
    public Instant now() {
      return timer.now();
    }

    @Override
    public double random() {
      return 0.5;
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
      return timer.schedule(delay.equals(INTERVAL) ? Duration.ZERO : delay, task);
    }
  }
}
