// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.parsec4j.testkit.Fault.Point;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {
  static Stream<Arguments> faultsAsTheyPrint() {
    Duration second = Duration.ofSeconds(1);
    return Stream.of(
        printed("resetConnection()", Fault::resetConnection),
        printed("resetConnection()", () -> Fault.resetConnection(Point.BEFORE_HEAD)),
        printed("resetConnection(IN_HEAD)", () -> Fault.resetConnection(Point.IN_HEAD)),
        printed("closeConnection()", Fault::closeConnection),
        printed("closeConnection(IN_BODY)", () -> Fault.closeConnection(Point.IN_BODY)),
        printed("stall()", Fault::stall),
        printed("stall(AFTER_ANSWER)", () -> Fault.stall(Point.AFTER_ANSWER)),
        printed("drip(1, PT1S)", () -> Fault.drip(1, second)),
        printed("delay(PT1S)", () -> Fault.delay(second)),
        printed("truncatedBody(0)", () -> Fault.truncatedBody(0)),
        printed("unfinishedChunks()", Fault::unfinishedChunks),
        printed("garbage()", Fault::garbage),
        printed("rawAnswer(1 byte)", () -> Fault.rawAnswer(new byte[1])),
        printed("rawAnswer(3 bytes)", () -> Fault.rawAnswer("abc".getBytes(UTF_8))),
        printed("contradictoryLengths()", Fault::contradictoryLengths),
        printed("lengthAndChunks()", Fault::lengthAndChunks),
        printed("tooManyFields()", Fault::tooManyFields),
        printed("hugeHeader(70000)", () -> Fault.hugeHeader(70_000)),
        printed("endlessHead()", Fault::endlessHead),
        printed("endlessBody()", Fault::endlessBody),
        printed("hugeBody(5000000000)", () -> Fault.hugeBody(5_000_000_000L)),
        printed("header(X-Secret)", () -> Fault.header("X-Secret", "value")),
        printed("header(A).withHeader(B)", () -> Fault.header("A", "1").withHeader("B", "2")),
        printed("contentType(text/html)", () -> Fault.contentType("text/html")),
        printed("gzipped()", Fault::gzipped),
        printed("invalidUtf8()", Fault::invalidUtf8),
        printed("cutJson()", Fault::cutJson),
        printed("secondAnswer()", Fault::secondAnswer),
        printed("interim(103, 2)", () -> Fault.interim(103, 2)),
        printed("status(503)", () -> Fault.status(503)),
        printed("status(400).withBody(3 bytes)", () -> Fault.status(400, "{ }")),
        printed(
            "status(503).withHeader(Retry-After).withBody(2 bytes).times(2).afterServing()",
            () -> Fault.status(503)
                .withHeader("Retry-After", "1")
                .withBody("{}")
                .times(2)
                .afterServing()),
        printed("redirect(https://h/p?…)", () -> Fault.redirect("https://h/p?session=secret")),
        printed("rateLimit(PT1S).always()", () -> Fault.rateLimit(second).always()),
        printed("refuseConnection()", Fault::refuseConnection),
        printed("refuseConnection()", () -> Fault.refuseConnection().always()),
        printed("plainText()", Fault::plainText),
        printed("tlsStall()", Fault::tlsStall),
        printed("tlsReset().times(3)", () -> Fault.tlsReset().times(3)),
        printed("tlsClose()", Fault::tlsClose));
  }

  private static Arguments printed(String text, Supplier<Fault> fault) {
    return Arguments.of(text, fault);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsAsTheyPrint")
  void printLikeTheCallsThatMakeThem(String text, Supplier<Fault> fault) {
    assertThat(fault.get()).hasToString(text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsAsTheyPrint")
  void areEqualIfMadeAlike(String text, Supplier<Fault> fault) {
    assertThat(fault.get()).isEqualTo(fault.get()).hasSameHashCodeAs(fault.get());
  }

  @Test
  void areDifferentInEachPart() {
    Fault fault = Fault.status(500);

    assertThat(List.of(
            fault,
            Fault.status(501),
            fault.withBody("a"),
            fault.withBody("b"),
            fault.withHeader("A", "1"),
            fault.withHeader("A", "2"),
            fault.withHeader("B", "1"),
            fault.times(2),
            fault.always(),
            fault.afterServing(),
            Fault.rawAnswer(new byte[] {1}),
            Fault.rawAnswer(new byte[] {2}),
            Fault.stall(Point.IN_BODY),
            Fault.closeConnection(Point.IN_BODY)))
        .doesNotHaveDuplicates();
    assertThat(fault).isNotEqualTo("status(500)").isNotEqualTo(null);
    assertThat(Fault.status(500, "x")).isEqualTo(fault.withBody("x"));
    assertThat(fault.times(1)).isEqualTo(fault);
  }

  @Test
  void doNotChangeWithTheBytesTheyWereMadeOf() {
    byte[] bytes = {1};
    Fault fault = Fault.rawAnswer(bytes);

    bytes[0] = 2;

    assertThat(fault).isEqualTo(Fault.rawAnswer(new byte[] {1}));
  }

  static Stream<Arguments> argumentsOutOfRange() {
    Duration none = Duration.ZERO;
    Duration longest = Duration.ofDays(1);
    return Stream.of(
        refused("bytes must be 1 to 2147483647, was 0", () -> Fault.drip(0, longest)),
        refused("pause must be positive and at most PT24H, was PT0S", () -> Fault.drip(1, none)),
        refused("delay must be positive and at most PT24H, was PT0S", () -> Fault.delay(none)),
        refused(
            "delay must be positive and at most PT24H, was PT24H0.000000001S",
            () -> Fault.delay(longest.plusNanos(1))),
        refused("keptBytes must be 0 to 2147483647, was -1", () -> Fault.truncatedBody(-1)),
        refused("bytes must be 1 to 67108864, was 0", () -> Fault.hugeHeader(0)),
        refused("bytes must be 1 to 67108864, was 67108865", () -> Fault.hugeHeader(67_108_865)),
        refused("bytes must be 1 to 9223372036854775807, was 0", () -> Fault.hugeBody(0)),
        refused(
            "name must be a header name: visible ASCII without separators",
            () -> Fault.header("", "v")),
        refused(
            "name must be a header name: visible ASCII without separators",
            () -> Fault.header("a:", "v")),
        refused("value must be ASCII without control characters", () -> Fault.header("a", "\n")),
        refused("value must be ASCII without control characters", () -> Fault.header("a", "é")),
        refused(
            "contentType must be ASCII without control characters", () -> Fault.contentType("\r")),
        refused("location must be ASCII without control characters", () -> Fault.redirect("/\n")),
        refused(
            "status must not be 101, which ends HTTP; use rawAnswer", () -> Fault.interim(101, 1)),
        refused("status must be 100 to 199, was 99", () -> Fault.interim(99, 1)),
        refused("status must be 100 to 199, was 200", () -> Fault.interim(200, 1)),
        refused("count must be 1 to 1000, was 0", () -> Fault.interim(100, 0)),
        refused("count must be 1 to 1000, was 1001", () -> Fault.interim(100, 1_001)),
        refused("status must be 200 to 999, was 199", () -> Fault.status(199)),
        refused("status must be 200 to 999, was 1000", () -> Fault.status(1_000, "")),
        refused(
            "retryAfter must be zero or positive and at most PT876000H, was PT-1S",
            () -> Fault.rateLimit(Duration.ofSeconds(-1))),
        refused("times must be 1 to 1000000, was 0", () -> Fault.stall().times(0)),
        refused("times must be 1 to 1000000, was 1000001", () -> Fault.stall().times(1_000_001)));
  }

  private static Arguments refused(String message, Supplier<Fault> fault) {
    return Arguments.of(message, fault);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("argumentsOutOfRange")
  void refuseArgumentsOutOfRange(String message, Supplier<Fault> fault) {
    assertThatIllegalArgumentException().isThrownBy(fault::get).withMessage(message);
  }

  @Test
  void takeTheLargestAndSmallestArguments() {
    assertThat(List.of(
            Fault.drip(Integer.MAX_VALUE, Duration.ofDays(1)),
            Fault.delay(Duration.ofNanos(1)),
            Fault.hugeHeader(67_108_864),
            Fault.hugeBody(Long.MAX_VALUE),
            Fault.interim(100, 1_000),
            Fault.interim(199, 1),
            Fault.status(999),
            Fault.rateLimit(Duration.ZERO),
            Fault.stall().times(1_000_000)))
        .doesNotHaveDuplicates();
  }

  @Test
  void refuseNull() {
    assertThatNullPointerException().isThrownBy(() -> Fault.stall(null)).withMessage("point");
    assertThatNullPointerException().isThrownBy(() -> Fault.drip(1, null)).withMessage("pause");
    assertThatNullPointerException().isThrownBy(() -> Fault.rawAnswer(null)).withMessage("bytes");
    assertThatNullPointerException().isThrownBy(() -> Fault.redirect(null)).withMessage("location");
    assertThatNullPointerException()
        .isThrownBy(() -> Fault.contentType(null))
        .withMessage("contentType");
    assertThatNullPointerException().isThrownBy(() -> Fault.header(null, "v")).withMessage("name");
    assertThatNullPointerException().isThrownBy(() -> Fault.header("n", null)).withMessage("value");
    assertThatNullPointerException().isThrownBy(() -> Fault.status(500, null)).withMessage("body");
    assertThatNullPointerException()
        .isThrownBy(() -> Fault.rateLimit(null))
        .withMessage("retryAfter");
  }

  @Test
  void thatRefuseConnectionsCannotBeCounted() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.refuseConnection().times(2))
        .withMessage("refuseConnection() lasts until clearFaults() is called");
  }

  @Test
  void ofConnectionsServeNothing() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.tlsStall().afterServing())
        .withMessage("tlsStall() meets connections, on which nothing is served");
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.refuseConnection().afterServing())
        .withMessage("refuseConnection() meets connections, on which nothing is served");
  }

  @Test
  void withoutAHeadOfTheirOwnTakeNoField() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.cutJson().withHeader("a", "b"))
        .withMessage(
            "cutJson() has no head of its own; only status, redirect, rateLimit and header have");
  }

  @Test
  void withoutABodyOfTheirOwnTakeNone() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.header("a", "b").withBody("c"))
        .withMessage("header(a) has no body of its own; only status, redirect and rateLimit have");
  }

  @Test
  void thatDamageTheAnswerAlwaysComeAfterServing() {
    for (Fault fault :
        List.of(Fault.cutJson(), Fault.stall(Point.IN_HEAD), Fault.delay(Duration.ofSeconds(1)))) {
      assertThat(fault.letsServe()).isTrue();
      assertThat(fault.afterServing()).isEqualTo(fault);
    }
  }

  @Test
  void thatNeedNoAnswerComeBeforeServingUnlessTheySay() {
    for (Fault fault : List.of(Fault.stall(), Fault.status(200), Fault.garbage())) {
      assertThat(fault.letsServe()).isFalse();
      assertThat(fault.afterServing().letsServe()).isTrue();
    }
  }

  @Test
  void meetRequestsOrConnectionsOrBoth() {
    assertThat(Fault.stall().meetsRequests()).isTrue();
    assertThat(Fault.stall().meetsConnections()).isTrue();
    assertThat(Fault.stall(Point.IN_HEAD).meetsConnections()).isFalse();
    assertThat(Fault.stall().afterServing().meetsConnections()).isFalse();
    assertThat(Fault.cutJson().meetsRequests()).isTrue();
    assertThat(Fault.cutJson().meetsConnections()).isFalse();
    assertThat(Fault.tlsStall().meetsRequests()).isFalse();
    assertThat(Fault.tlsStall().meetsConnections()).isTrue();
    assertThat(Fault.refuseConnection().meetsRequests()).isFalse();
    assertThat(Fault.refuseConnection().meetsConnections()).isTrue();
  }
}
