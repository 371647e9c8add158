// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parsec4j.testkit.Fault.Point;
import io.parsec4j.testkit.internal.JsonText;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormTest {
  /** Its static methods that make one, with the members that stand for their parameters, the shorter overloads first. */
  private static Set<String> factories(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers())
            && Modifier.isStatic(method.getModifiers())
            && method.getReturnType() == type)
        .map(method -> method.getName() + members(method))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> members(Method factory) {
    return Arrays.stream(factory.getParameters())
        .map(FormTest::member)
        .collect(Collectors.toList());
  }

  private static String member(Parameter parameter) {
    if (parameter.getType() == Duration.class) {
      return parameter.getName() + "Millis";
    }
    return parameter.getName() + (parameter.getType() == byte[].class ? "Base64" : "");
  }

  /** The overloads that a form stands for: with its members in brackets, and without. */
  private static <T> Set<String> overloads(List<Form<T>> forms) {
    Set<String> all = new TreeSet<>();
    for (Form<T> form : forms) {
      List<String> needed = form.members().stream()
          .filter(member -> !member.startsWith("["))
          .collect(Collectors.toList());
      all.add(form.name() + needed);
      all.add(form.name()
          + form.members().stream()
              .map(member -> member.replaceAll("\\W", ""))
              .collect(Collectors.toList()));
    }
    return all;
  }

  @Test
  void thereIsOneForEachFactoryOfFaultWithItsParametersAndNoOther() {
    assertThat(overloads(FaultForms.ALL)).isEqualTo(factories(Fault.class));
    assertThat(FaultForms.ALL).hasSameSizeAs(FaultKind.values());
  }

  @Test
  void thereIsOneForEachFactoryOfLatencyWithItsParametersAndNoOther() {
    assertThat(overloads(LatencyForms.ALL)).isEqualTo(factories(Latency.class));
  }

  private static Fault fault(String members) {
    return Form.make(FaultForms.ALL, "fault", JsonText.read(("{" + members + "}").getBytes(UTF_8)));
  }

  private static Latency latency(String members) {
    return Form.make(
        LatencyForms.ALL, "latency", JsonText.read(("{" + members + "}").getBytes(UTF_8)));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("'fault':'resetConnection'", Fault.resetConnection()),
        Arguments.of(
            "'fault':'resetConnection','point':'in-body'", Fault.resetConnection(Point.IN_BODY)),
        Arguments.of(
            "'fault':'closeConnection','point':'after-answer'",
            Fault.closeConnection(Point.AFTER_ANSWER)),
        Arguments.of(
            "'fault':'stall','afterServing':true,'always':true",
            Fault.stall().always().afterServing()),
        Arguments.of("'fault':'stall','afterServing':false,'always':false", Fault.stall()),
        Arguments.of(
            "'fault':'drip','bytes':3,'pauseMillis':20", Fault.drip(3, Duration.ofMillis(20))),
        Arguments.of("'fault':'delay','delayMillis':5", Fault.delay(Duration.ofMillis(5))),
        Arguments.of("'fault':'truncatedBody','keptBytes':0", Fault.truncatedBody(0)),
        Arguments.of("'fault':'unfinishedChunks'", Fault.unfinishedChunks()),
        Arguments.of("'fault':'garbage','times':2", Fault.garbage().times(2)),
        Arguments.of(
            "'fault':'rawAnswer','bytesBase64':'AP8='", Fault.rawAnswer(new byte[] {0, -1})),
        Arguments.of("'fault':'contradictoryLengths'", Fault.contradictoryLengths()),
        Arguments.of("'fault':'lengthAndChunks'", Fault.lengthAndChunks()),
        Arguments.of("'fault':'tooManyFields'", Fault.tooManyFields()),
        Arguments.of("'fault':'hugeHeader','bytes':70000", Fault.hugeHeader(70_000)),
        Arguments.of("'fault':'endlessHead'", Fault.endlessHead()),
        Arguments.of("'fault':'endlessBody'", Fault.endlessBody()),
        Arguments.of("'fault':'hugeBody','bytes':5000000000", Fault.hugeBody(5_000_000_000L)),
        Arguments.of(
            "'fault':'header','name':'A','value':'1','headers':['A: 2','B:3']",
            Fault.header("A", "1").withHeader("A", "2").withHeader("B", "3")),
        Arguments.of(
            "'fault':'contentType','contentType':'text/html'", Fault.contentType("text/html")),
        Arguments.of("'fault':'gzipped'", Fault.gzipped()),
        Arguments.of("'fault':'invalidUtf8'", Fault.invalidUtf8()),
        Arguments.of("'fault':'cutJson'", Fault.cutJson()),
        Arguments.of("'fault':'secondAnswer'", Fault.secondAnswer()),
        Arguments.of("'fault':'interim','status':103,'count':2", Fault.interim(103, 2)),
        Arguments.of("'fault':'status','status':503", Fault.status(503)),
        Arguments.of(
            "'fault':'status','status':503,'body':'x','headers':['A: b: c']",
            Fault.status(503, "x").withHeader("A", "b: c")),
        Arguments.of(
            "'fault':'redirect','location':'/x','body':'y'",
            Fault.redirect("/x").withBody("y")),
        Arguments.of("'fault':'rateLimit','retryAfterMillis':0", Fault.rateLimit(Duration.ZERO)),
        Arguments.of("'fault':'refuseConnection'", Fault.refuseConnection()),
        Arguments.of("'fault':'plainText','times':3", Fault.plainText().times(3)),
        Arguments.of("'fault':'tlsStall'", Fault.tlsStall()),
        Arguments.of("'fault':'tlsReset'", Fault.tlsReset()),
        Arguments.of("'fault':'tlsClose','always':true", Fault.tlsClose().always()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void makesTheFaultThatIsNamed(String members, Fault expected) {
    assertThat(fault(members.replace('\'', '"'))).isEqualTo(expected);
  }

  @Test
  void allFaultsAreTried() {
    assertThat(faults().map(arguments -> ((Fault) arguments.get()[1]).kind()).distinct())
        .hasSameSizeAs(FaultKind.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'times':1|fault is missing",
        "'fault':'drip','pauseMillis':1|bytes is missing",
        "'fault':'drip','bytes':0,'pauseMillis':1|bytes must be 1 to 2147483647, was 0",
        "'fault':'drip','bytes':1,'pauseMillis':0|pauseMillis must be a number from 1 to 86400000, was 0",
        "'fault':'drip','bytes':9e9,'pauseMillis':1|bytes must be a number from -2147483648 to 2147483647, was 9e9",
        "'fault':'rawAnswer','bytesBase64':'*'|bytesBase64 must be there, in Base64",
        "'fault':'rawAnswer'|bytesBase64 must be there, in Base64",
        "'fault':'interim','status':101,'count':1|status must not be 101, which ends HTTP; use rawAnswer",
        "'fault':'status','status':503,'headers':['x']|headers must be fields like \"Retry-After: 1\"",
        "'fault':'status','status':503,'headers':['ä: x']|headers: name must be a header name: visible ASCII without separators",
        "'fault':'status','status':503,'times':0|times must be a number from 1 to 2147483647, was 0",
        "'fault':'status','status':503,'times':1000001|times must be 1 to 1000000, was 1000001",
        "'fault':'garbage','times':1,'always':true|always must not stand beside times",
        "'fault':'garbage','body':'x'|body is no member of this; allowed are fault, times, always, afterServing",
        "'fault':'stall','point':'nowhere'|point must be before-head, in-head, in-body or after-answer, was nowhere",
        "'fault':'refuseConnection','times':1|times is no member of this; allowed are fault",
        "'fault':'tlsStall','afterServing':true|afterServing is no member of this; allowed are fault, times, always",
      })
  void namesTheMemberThatIsWrongAndWhatIsAllowed(String members, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault(members.replace('\'', '"')))
        .withMessage(message);
  }

  @Test
  void listsAllFaultsIfThereIsNoneOfTheName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fault("\"fault\":\"resetconnection\""))
        .withMessageMatching("fault must be resetConnection, closeConnection, .*, tlsReset"
            + " or tlsClose, was resetconnection");
  }

  @Test
  void makesTheLatencyThatIsNamed() {
    Duration low = Duration.ofMillis(20);
    Duration high = Duration.ofMillis(30);

    assertThat(latency("\"latency\":\"none\"")).isEqualTo(Latency.none());
    assertThat(latency("\"latency\":\"fixed\",\"timeMillis\":20")).isEqualTo(Latency.fixed(low));
    assertThat(latency("\"latency\":\"uniform\",\"leastMillis\":20,\"mostMillis\":30"))
        .isEqualTo(Latency.uniform(low, high));
    assertThat(latency("\"latency\":\"longTailed\",\"medianMillis\":20,\"p99Millis\":30"))
        .isEqualTo(Latency.longTailed(low, high));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latency("\"latency\":\"uniform\",\"leastMillis\":20,\"mostMillis\":19"))
        .withMessage("mostMillis must be a number from 20 to 86400000, was 19");
  }
}
