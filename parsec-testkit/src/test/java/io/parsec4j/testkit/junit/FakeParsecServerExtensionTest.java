// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.parsec4j.api.AsyncParsecClient;
import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.Dialect;
import io.parsec4j.testkit.Endpoint;
import io.parsec4j.testkit.FakeParsec;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.RequestPattern;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs sample classes as JUnit runs those of users. The samples are nested, so that surefire leaves them out. */
class FakeParsecServerExtensionTest {
  /** What the samples were given, by names of their own choice. */
  private static final Map<String, List<FakeParsec>> GIVEN = new ConcurrentHashMap<>();

  @BeforeEach
  void forget() {
    GIVEN.clear();
  }

  private static void given(String name, FakeParsec server) {
    GIVEN
        .computeIfAbsent(name, n -> Collections.synchronizedList(new ArrayList<>()))
        .add(server);
  }

  private static List<FakeParsec> given(String name) {
    return GIVEN.getOrDefault(name, List.of());
  }

  private static boolean isUp(FakeParsecServer server) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) server.baseUri().resolve("/v2/hosts").toURL().openConnection();
      connection.setConnectTimeout(20_000);
      connection.setReadTimeout(20_000);
      return connection.getResponseCode() == 401;
    } catch (IOException e) {
      // Nobody listens any more.
      return false;
    }
  }

  private static void visit(FakeParsecServer server, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) server.baseUri().resolve(path).toURL().openConnection();
    assertThat(connection.getResponseCode()).isGreaterThanOrEqualTo(400);
  }

  @ParsecServerTest
  static class EachTest {
    private final FakeParsecServer ofConstructor;

    EachTest(FakeParsecServer server) {
      ofConstructor = server;
    }

    @BeforeEach
    void before(FakeParsec server) {
      assertThat(server).isSameAs(ofConstructor);
    }

    @Test
    void one(FakeParsecServer server, URI baseUri) {
      given("one", server);
      assertThat(server).isSameAs(ofConstructor);
      assertThat(baseUri).isEqualTo(server.baseUri());
      assertThat(isUp(server)).isTrue();
    }

    @Test
    void two(FakeParsecServer server) {
      given("two", server);
      assertThat(server.requests()).isEmpty();
      assertThat(isUp(server)).isTrue();
    }

    @RepeatedTest(3)
    void three(FakeParsecServer server, URI baseUri) {
      given("three", server);
      assertThat(baseUri).isEqualTo(server.baseUri());
      assertThat(server.requests()).isEmpty();
      assertThat(isUp(server)).isTrue();
    }

    @AfterEach
    void after(FakeParsecServer server) {
      assertThat(isUp(server)).isTrue();
    }
  }

  @Test
  void eachTestHasAServerOfItsOwnWhichIsClosedThen() {
    assertThat(run(EachTest.class).failures()).isEmpty();

    assertThat(given("three")).hasSize(3);
    assertThat(Stream.of("one", "two", "three").flatMap(name -> given(name).stream()))
        .doesNotHaveDuplicates()
        .hasSize(5)
        .noneMatch(server -> isUp((FakeParsecServer) server));
  }

  @ParsecServerTest
  static class ConstructorThatThrows {
    ConstructorThatThrows(FakeParsecServer server) {
      given("server", server);
      throw new IllegalStateException("of the constructor");
    }

    @Test
    void neverRuns() {}
  }

  @Test
  void aServerIsClosedWhenTheTestIsNotEvenConstructed() {
    assertThat(run(ConstructorThatThrows.class).failures()).hasSize(1);

    assertThat(given("server")).hasSize(1).noneMatch(server -> isUp((FakeParsecServer) server));
  }

  @ParsecServerTest
  static class Arguments {
    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "http://b.example"})
    void first(URI argument, FakeParsecServer server) {
      given(argument.toString(), server);
    }

    @TestFactory
    Stream<DynamicTest> dynamic(FakeParsecServer server) {
      given("dynamic", server);
      return Stream.of(1, 2)
          .map(i -> DynamicTest.dynamicTest(
              "test " + i, () -> assertThat(isUp(server)).isTrue()));
    }
  }

  @Test
  void parameterizedTestsHaveAddressesOfTheirOwn() {
    assertThat(run(Arguments.class).failures()).isEmpty();

    assertThat(GIVEN).containsOnlyKeys("http://a.example", "http://b.example", "dynamic");
    assertThat(given("http://a.example")).doesNotContainAnyElementsOf(given("http://b.example"));
    assertThat(isUp((FakeParsecServer) given("dynamic").get(0))).isFalse();
  }

  @ParsecServerTest(scope = ParsecServerTest.Scope.CLASS)
  static class Shared {
    @BeforeAll
    static void begin(FakeParsecServer server) {
      given("shared", server);
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }

    @Test
    void one(FakeParsecServer server) {
      given("shared", server);
    }

    @Test
    void two(FakeParsecServer server) {
      given("shared", server);
    }

    @Nested
    class Inner {
      @Test
      void three(FakeParsecServer server) {
        given("shared", server);
      }

      @Nested
      @ParsecServerTest(dialect = Dialect.LIVE)
      class WithItsOwn {
        @Test
        void four(FakeParsecServer server) {
          given("own", server);
        }

        @Test
        void five(FakeParsecServer server) {
          given("own", server);
        }
      }
    }

    @AfterAll
    static void end(FakeParsecServer server) throws IOException {
      given("shared", server);
      // The fault of begin(), which must be used up by then.
      visit(server, "/v2/hosts");
    }
  }

  @Test
  void testsOfAClassShareAServerOnRequest() {
    assertThat(run(Shared.class).failures()).isEmpty();

    assertThat(given("shared")).hasSize(5).containsOnly(given("shared").get(0));
    assertThat(given("own"))
        .hasSize(2)
        .doesNotHaveDuplicates()
        .doesNotContain(given("shared").get(0));
    assertThat(GIVEN.values().stream().flatMap(List::stream))
        .noneMatch(server -> isUp((FakeParsecServer) server));
  }

  @ParsecServerTest(scope = ParsecServerTest.Scope.CLASS)
  static class SharedWithLeftovers {
    @Test
    void schedules(FakeParsecServer server) {
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }
  }

  @ParsecServerTest(scope = ParsecServerTest.Scope.CLASS)
  static class SharedWithLeftoversAfterAFailure {
    @Test
    void schedules(FakeParsecServer server) {
      server.fail(Endpoint.HOSTS, Fault.status(503));
      throw new IllegalStateException("of the test");
    }
  }

  @Test
  void whatIsLeftOverOfASharedServerFailsTheClass() {
    assertThat(run(SharedWithLeftovers.class).failures())
        .containsExactly("SharedWithLeftovers: faults were scheduled and not used up:"
            + "\n  status(503)\n(strict = false or lenient() lets this pass)");
    assertThat(run(SharedWithLeftoversAfterAFailure.class).failures())
        .containsExactly("schedules(FakeParsecServer): of the test");
  }

  @ParsecServerTest
  static class Leftovers {
    @Test
    void unusedFaults(FakeParsecServer server) throws IOException {
      server.fail(Endpoint.HOSTS, Fault.status(503).times(3));
      server.fail(RequestPattern.any().withHeader("X"), Fault.status(500).always());
      server.fail(Endpoint.SIGN_IN, Fault.status(500).always());
      visit(server, "/v1/auth");
      visit(server, "/v2/hosts");
    }

    @Test
    void unknownPath(FakeParsecServer server) throws IOException {
      visit(server, "/v3/hosts?password=canary");
    }

    @Test
    void failsItself(FakeParsecServer server) {
      server.fail(Endpoint.HOSTS, Fault.status(503));
      throw new IllegalStateException("of the test");
    }

    @Test
    void isAborted(FakeParsecServer server) {
      server.fail(Endpoint.HOSTS, Fault.status(503));
      Assumptions.abort("of the test");
    }

    @Test
    void leavesNothing(FakeParsecServer server) throws IOException {
      server.fail(Endpoint.HOSTS, Fault.status(503));
      visit(server, "/v2/hosts");
    }
  }

  @Test
  void whatIsLeftOverFailsTheTest() {
    Results results = run(Leftovers.class);

    assertThat(results.failures())
        .satisfiesExactlyInAnyOrder(
            failure -> assertThat(failure)
                .isEqualTo("unusedFaults(FakeParsecServer): faults were scheduled and not used up:"
                    + "\n  status(503).times(2)\n  status(500).always()"
                    + "\n(strict = false or lenient() lets this pass)"),
            failure -> assertThat(failure)
                .startsWith("unknownPath(FakeParsecServer): requests came to paths that the service"
                    + " does not know:\n  RecordedRequest[GET /v3/hosts?…,")
                .doesNotContain("canary"),
            failure -> assertThat(failure).isEqualTo("failsItself(FakeParsecServer): of the test"));
    assertThat(results.suppressed).isEmpty();
    assertThat(results.successes).containsExactly("leavesNothing(FakeParsecServer)");
  }

  @ParsecServerTest(strict = false)
  static class Lenient {
    @Test
    void leavesMuch(FakeParsecServer server) throws IOException {
      server.fail(Endpoint.HOSTS, Fault.status(503).times(3));
      visit(server, "/v3/hosts");
    }
  }

  @Test
  void nothingIsLookedAtOnRequest() {
    assertThat(run(Lenient.class).failures()).isEmpty();
  }

  static class WithField {
    @RegisterExtension
    static final FakeParsecServerExtension PARSEC =
        FakeParsecServerExtension.of(FakeParsecServer.builder().seed(7));

    @Test
    void one(FakeParsecServer server) throws IOException {
      given("server", server);
      server.fail(Endpoint.HOSTS, Fault.status(503));
      visit(server, "/v2/hosts");
    }

    @Nested
    class Inner {
      @Test
      void two(FakeParsecServer server) {
        given("server", server);
        given(server.account("e", "p").openSession().id().reveal(), server);
      }

      @Nested
      @ParsecServerTest
      class WithAnnotation {
        @Test
        void three(FakeParsecServer server) {
          given("server", server);
          given(server.account("e", "p").openSession().id().reveal(), server);
        }
      }
    }
  }

  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class WithFieldPerClass {
    @RegisterExtension
    static final FakeParsecServerExtension PARSEC =
        FakeParsecServerExtension.of(FakeParsecServer.builder()).perClass().lenient();

    WithFieldPerClass(FakeParsecServer server) {
      given("server", server);
    }

    @Test
    void one(FakeParsecServer server) {
      given("server", server);
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }

    @Test
    void two(FakeParsecServer server) {
      given("server", server);
    }
  }

  @Test
  void aStaticFieldSaysHowServersStart() {
    assertThat(run(WithField.class).failures()).isEmpty();
    assertThat(given("server")).hasSize(3).doesNotHaveDuplicates();
    assertThat(given(firstIdOfSeed7())).hasSize(1);

    GIVEN.clear();
    assertThat(run(WithFieldPerClass.class).failures()).isEmpty();
    assertThat(given("server")).hasSize(3).containsOnly(given("server").get(0));
    assertThat(isUp((FakeParsecServer) given("server").get(0))).isFalse();
  }

  @ParsecServerTest(scope = ParsecServerTest.Scope.CLASS)
  static class WithBoth {
    @RegisterExtension
    static final FakeParsecServerExtension PARSEC =
        FakeParsecServerExtension.of(FakeParsecServer.builder().seed(7)).lenient();

    @Test
    void one(FakeParsecServer server) {
      given("server", server);
      given(server.account("e", "p").openSession().id().reveal(), server);
      server.fail(Endpoint.HOSTS, Fault.status(503));
    }

    @Test
    void two(FakeParsecServer server) {
      given("server", server);
    }
  }

  private static String firstIdOfSeed7() {
    try (FakeParsecServer server = FakeParsecServer.builder().seed(7).start()) {
      return server.account("e", "p").openSession().id().reveal();
    }
  }

  @Test
  void aFieldAndTheAnnotationDoNotCompete() {

    assertThat(run(WithBoth.class).failures()).isEmpty();

    assertThat(given("server")).hasSize(2).containsOnly(given("server").get(0));
    assertThat(GIVEN).containsOnlyKeys("server", firstIdOfSeed7());
  }

  static class WithInstanceField {
    @RegisterExtension
    final FakeParsecServerExtension parsec =
        FakeParsecServerExtension.of(FakeParsecServer.builder());

    @Test
    void one() {}
  }

  static class WithTwoFields {
    @RegisterExtension
    static final FakeParsecServerExtension ONE =
        FakeParsecServerExtension.of(FakeParsecServer.builder());

    @RegisterExtension
    static final FakeParsecServerExtension TWO =
        FakeParsecServerExtension.of(FakeParsecServer.builder());

    @Test
    void one() {}
  }

  @ParsecServerTest(dialect = Dialect.LIVE)
  static class WithTwoDialects {
    @RegisterExtension
    static final FakeParsecServerExtension PARSEC =
        FakeParsecServerExtension.of(FakeParsecServer.builder());

    @Test
    void one() {}
  }

  @ParsecServerTest
  static class WithoutATest {
    @BeforeAll
    static void begin(FakeParsecServer server) {
      given("server", server);
    }

    @Test
    void one() {}
  }

  @Test
  void misuseIsToldWithItsRemedy() {
    assertThat(run(WithInstanceField.class).failures())
        .containsExactly("one(): the field with a FakeParsecServerExtension in "
            + WithInstanceField.class.getName() + " must be static");
    assertThat(run(WithTwoFields.class).failures())
        .containsExactly("WithTwoFields: a class has one fake server, but "
            + WithTwoFields.class.getName()
            + " has two fields with a FakeParsecServerExtension; remove one");
    assertThat(run(WithTwoDialects.class).failures())
        .isNotEmpty()
        .allMatch(failure -> failure.contains(
            "say them to the builder of the field in " + WithTwoDialects.class.getName()));
    assertThat(run(WithoutATest.class).failures())
        .singleElement()
        .asString()
        .contains("each test has a server of its own", "@ParsecServerTest(scope = CLASS)");
    assertThat(GIVEN).isEmpty();
    assertThatNullPointerException()
        .isThrownBy(() -> FakeParsecServerExtension.of(null))
        .withMessage("builder");
  }

  @ParsecServerTest(tls = true, dialect = Dialect.LIVE)
  static class WithTls {
    @Test
    void one(FakeParsecServer server, URI baseUri) {
      given(baseUri.getScheme(), server);
      assertThat(server.certificateAuthority()).isNotNull();
    }
  }

  @Test
  void theServerSpeaksTlsOnRequest() {
    assertThat(run(WithTls.class).failures()).isEmpty();
    assertThat(GIVEN).containsOnlyKeys("https");
  }

  @ExtendWith(FakeParsecServerExtension.class)
  static class WithoutTheAnnotation {
    @Test
    void one(FakeParsecServer server) {
      given("server", server);
    }

    @Test
    void startsNone(TestInfo info) {
      assertThat(info.getDisplayName()).isNotEmpty();
    }
  }

  @Test
  void theExtensionAloneIsEnough() {
    assertThat(run(WithoutTheAnnotation.class).failures()).isEmpty();
    assertThat(given("server")).hasSize(1);
  }

  @ParsecServerTest
  static class WithClient {
    private static ParsecClient client;

    @Test
    void isOne(ParsecClient parsec) {
      client = parsec;
    }

    @Test
    void isAsynchronous(AsyncParsecClient parsec) {
      client = null;
    }
  }

  @Test
  void withoutACodecTheTestFailsAndSaysWhatToAdd() {
    // The testkit has neither transport nor codec; with them see the tests of the examples.
    assertThat(run(WithClient.class).failures())
        .hasSize(2)
        .allMatch(failure -> failure.contains("no codec was found; add parsec-json"));
    assertThat(WithClient.client).isNull();
  }

  @ParsecServerTest
  static class Parallel {
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    @Test
    void one(FakeParsecServer server) throws InterruptedException {
      meet(server);
    }

    @Test
    void two(FakeParsecServer server) throws InterruptedException {
      meet(server);
    }

    private static void meet(FakeParsecServer server) throws InterruptedException {
      given("server", server);
      assertThat(isUp(server)).isTrue();
      BOTH.countDown();
      assertThat(BOTH.await(30, TimeUnit.SECONDS)).isTrue();
      server.verify(Endpoint.HOSTS).once();
    }
  }

  @Test
  void testsThatRunInParallelDoNotSeeEachOther() {
    assertThat(run(
                Parallel.class,
                "junit.jupiter.execution.parallel.enabled",
                "true",
                "junit.jupiter.execution.parallel.mode.default",
                "concurrent",
                "junit.jupiter.execution.parallel.config.strategy",
                "fixed",
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                "2")
            .failures())
        .isEmpty();
    assertThat(given("server")).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void printsHowItWasMade() {
    FakeParsecServerExtension extension = FakeParsecServerExtension.of(FakeParsecServer.builder());

    assertThat(extension).hasToString("FakeParsecServerExtension[per method, strict]");
    assertThat(extension.perClass().lenient())
        .hasToString("FakeParsecServerExtension[per class, lenient]");
    assertThat(extension.lenient().perClass())
        .hasToString("FakeParsecServerExtension[per class, lenient]");
  }

  private static Results run(Class<?> sample, String... parameters) {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(sample));
    for (int i = 0; i < parameters.length; i += 2) {
      request = request.configurationParameter(parameters[i], parameters[i + 1]);
    }
    LauncherDiscoveryRequest built = request.build();
    Results results = new Results();
    LauncherFactory.create(LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .build())
        .execute(built, results);
    assertThat(results.count).as("tests and containers that ran").isPositive();
    return results;
  }

  /** What came of tests and containers. */
  private static final class Results implements TestExecutionListener {
    private final Set<String> failures = ConcurrentHashMap.newKeySet();
    private final Set<String> successes = ConcurrentHashMap.newKeySet();
    private final Set<Throwable> suppressed = ConcurrentHashMap.newKeySet();
    private volatile int count;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      count++;
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        Throwable failure = result.getThrowable().orElseThrow();
        suppressed.addAll(List.of(failure.getSuppressed()));
        failures.add(name(test) + ": " + failure.getMessage());
      } else if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
        successes.add(test.getDisplayName());
      }
    }

    private static String name(TestIdentifier test) {
      return test.getDisplayName().replaceFirst(".*\\$", "");
    }

    Set<String> failures() {
      return failures;
    }
  }
}
