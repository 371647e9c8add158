// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.Credentials;
import io.parsec4j.api.HostQuery;
import io.parsec4j.api.ParsecApiException;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.FakeAccount;
import io.parsec4j.testkit.FakeHost;
import io.parsec4j.testkit.FakeParsec;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.FakeTransport;
import io.parsec4j.testkit.ManualTimer;
import io.parsec4j.testkit.RecordedRequest;
import io.parsec4j.transport.jdk.JdkTransport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What was recorded of a run is the whole run: asked again of a service with the same seed and clock, all is the same. */
class JournalProperties {
  private static final int SEED = 7;

  private static Transport jdk;

  @BeforeContainer
  static void open() {
    jdk = JdkTransport.create();
  }

  @AfterContainer
  static void close() {
    jdk.close();
  }

  @Property(tries = 100)
  void gettingTheSameRequestsTheServiceGivesTheSameAnswers(
      @ForAll Dialect dialect, @ForAll @Size(max = 25) List<Step> program) {
    List<String> answers = new ArrayList<>();
    List<RecordedRequest> journal;
    ManualTimer time = ManualTimer.create();
    try (FakeParsecServer server = FakeParsecServer.builder()
            .dialect(dialect)
            .seed(SEED)
            .clock(time.clock())
            .start();
        ParsecClient parsec =
            server.clientBuilder().transport(listening(answers)).build()) {
      Run run = new Run(server, time, parsec);
      program.forEach(step -> step.happensTo(run));
      journal = server.requests();
    }

    assertThat(replayed(dialect, program, journal)).isEqualTo(answers);
  }

  private static Transport listening(List<String> answers) {
    return request -> jdk.send(request).thenApply(answer -> {
      answers.add(printed(answer));
      return answer;
    });
  }

  /** Does to another service what was done to the first, with the recorded requests in place of the calls. */
  private static List<String> replayed(
      Dialect dialect, List<Step> program, List<RecordedRequest> journal) {
    ManualTimer time = ManualTimer.create();
    try (FakeTransport service =
        FakeTransport.builder().dialect(dialect).seed(SEED).clock(time.clock()).build()) {
      Run run = new Run(service, time, service.client());
      Iterator<RecordedRequest> requests = journal.iterator();
      List<String> answers = new ArrayList<>();
      for (Step step : program) {
        if (step.isCall()) {
          answers.add(printed(service.send(again(requests.next())).join()));
        } else {
          step.happensTo(run);
        }
      }
      assertThat(requests).isExhausted();
      return answers;
    }
  }

  private static TransportRequest again(RecordedRequest recorded) {
    List<String> kept = new ArrayList<>();
    recorded.headers().forEach((name, value) -> {
      if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        kept.addAll(List.of(name, value));
      }
    });
    String query = recorded.query().isEmpty() ? "" : "?" + recorded.query();
    TransportRequest.Builder request = TransportRequest.builder(
            recorded.method(), URI.create("http://localhost" + recorded.path() + query))
        .headers(Headers.of(kept.toArray(new String[0])));
    byte[] body = recorded.body();
    return (body.length == 0 ? request : request.body(body)).build();
  }

  /** Which each transport sets for itself. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "content-length", "connection");

  private static String printed(TransportResponse answer) {
    List<String> lines = new ArrayList<>();
    lines.add(Integer.toString(answer.status()));
    answer.headers().forEach((name, value) -> {
      if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
        lines.add(name.toLowerCase(Locale.ROOT) + ": " + value);
      }
    });
    lines.add(new String(answer.body(), UTF_8));
    return lines.stream().sorted().collect(Collectors.joining("\n"));
  }

  /** A service while a program runs. */
  static final class Run {
    private final FakeParsec service;
    private final ManualTimer time;
    private final ParsecClient parsec;
    private final FakeAccount dude;
    private Session session = Session.of(SessionId.of("0123456789abcdef"));

    Run(FakeParsec service, ManualTimer time, ParsecClient parsec) {
      this.service = service;
      this.time = time;
      this.parsec = parsec;
      this.dude = service.account("dude@example.com", "secret").withTotp("JBSWY3DPEHPK3PXP");
    }

    void signIn(String password, String code) {
      Credentials plain = Credentials.of(dude.email(), password.toCharArray());
      try (Credentials credentials = code.isEmpty() ? plain : plain.withTfaCode(code)) {
        session = parsec.signIn(credentials);
      } catch (ParsecApiException e) {
        assertThat(e.status()).isEqualTo(403);
      }
    }

    void list(HostQuery query) {
      try {
        assertThat(parsec.hosts(session, query).hasMore()).isFalse();
      } catch (ParsecApiException e) {
        assertThat(e.status()).isEqualTo(401);
      }
    }
  }

  /** What happens in a program. */
  enum Step {
    SIGN_IN,
    SIGN_IN_WITHOUT_CODE,
    SIGN_IN_WITH_WRONG_PASSWORD,
    LIST,
    LIST_PUBLIC_GAMES,
    TIME_PASSES,
    A_SESSION_IS_OPENED,
    ALL_SESSIONS_END,
    A_DESKTOP_COMES,
    A_PUBLIC_GAME_COMES;

    boolean isCall() {
      return compareTo(TIME_PASSES) < 0;
    }

    void happensTo(Run run) {
      switch (this) {
        case SIGN_IN -> run.signIn("secret", run.dude.currentTotpCode());
        case SIGN_IN_WITHOUT_CODE -> run.signIn("secret", "");
        case SIGN_IN_WITH_WRONG_PASSWORD -> run.signIn("wrong", "123456");
        case LIST -> run.list(HostQuery.any());
        case LIST_PUBLIC_GAMES -> run.list(HostQuery.game().publicOnly());
        case TIME_PASSES -> run.time.advance(Duration.ofSeconds(31));
        case A_SESSION_IS_OPENED -> run.session = run.dude.openSession();
        case ALL_SESSIONS_END -> run.service.expireSessions();
        case A_DESKTOP_COMES -> run.dude.owns(FakeHost.desktop("LEBOWSKI"));
        case A_PUBLIC_GAME_COMES -> run.dude.owns(FakeHost.game("Bowling").isPublic(true));
      }
    }
  }
}
