// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.Fault.Point;
import io.parsec4j.testkit.internal.JsonMembers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The faults that the control API knows: a form for each factory method of {@link Fault}. */
final class FaultForms {
  static final List<Form<Fault>> ALL = List.of(
      at(FaultKind.RESET_CONNECTION, Fault::resetConnection),
      at(FaultKind.CLOSE_CONNECTION, Fault::closeConnection),
      at(FaultKind.STALL, Fault::stall),
      form(
          FaultKind.DRIP,
          json -> Fault.drip(whole(json, "bytes"), millis(json, "pauseMillis")),
          "bytes",
          "pauseMillis"),
      form(FaultKind.DELAY, json -> Fault.delay(millis(json, "delayMillis")), "delayMillis"),
      form(
          FaultKind.TRUNCATED_BODY,
          json -> Fault.truncatedBody(whole(json, "keptBytes")),
          "keptBytes"),
      plain(FaultKind.UNFINISHED_CHUNKS, Fault::unfinishedChunks),
      plain(FaultKind.GARBAGE, Fault::garbage),
      form(
          FaultKind.RAW_ANSWER,
          json -> Fault.rawAnswer(base64(json, "bytesBase64")),
          "bytesBase64"),
      plain(FaultKind.CONTRADICTORY_LENGTHS, Fault::contradictoryLengths),
      plain(FaultKind.LENGTH_AND_CHUNKS, Fault::lengthAndChunks),
      plain(FaultKind.TOO_MANY_FIELDS, Fault::tooManyFields),
      form(FaultKind.HUGE_HEADER, json -> Fault.hugeHeader(whole(json, "bytes")), "bytes"),
      plain(FaultKind.ENDLESS_HEAD, Fault::endlessHead),
      plain(FaultKind.ENDLESS_BODY, Fault::endlessBody),
      form(
          FaultKind.HUGE_BODY,
          json -> Fault.hugeBody(json.requiredNumber("bytes", 1, Long.MAX_VALUE)),
          "bytes"),
      form(
          FaultKind.HEADER,
          json -> Fault.header(json.required("name"), json.required("value")),
          "name",
          "value"),
      form(
          FaultKind.CONTENT_TYPE,
          json -> Fault.contentType(json.required("contentType")),
          "contentType"),
      plain(FaultKind.GZIPPED, Fault::gzipped),
      plain(FaultKind.INVALID_UTF8, Fault::invalidUtf8),
      plain(FaultKind.CUT_JSON, Fault::cutJson),
      plain(FaultKind.SECOND_ANSWER, Fault::secondAnswer),
      form(
          FaultKind.INTERIM,
          json -> Fault.interim(whole(json, "status"), whole(json, "count")),
          "status",
          "count"),
      form(FaultKind.STATUS, json -> Fault.status(whole(json, "status")), "status", "[body]"),
      form(FaultKind.REDIRECT, json -> Fault.redirect(json.required("location")), "location"),
      form(
          FaultKind.RATE_LIMIT,
          json -> Fault.rateLimit(Duration.ofMillis(
              json.requiredNumber("retryAfterMillis", 0, Duration.ofDays(36_500).toMillis()))),
          "retryAfterMillis"),
      plain(FaultKind.REFUSE_CONNECTION, Fault::refuseConnection),
      plain(FaultKind.PLAIN_TEXT, Fault::plainText),
      plain(FaultKind.TLS_STALL, Fault::tlsStall),
      plain(FaultKind.TLS_RESET, Fault::tlsReset),
      plain(FaultKind.TLS_CLOSE, Fault::tlsClose));

  private FaultForms() {}

  private static Form<Fault> at(FaultKind kind, Function<Point, Fault> factory) {
    return form(
        kind,
        json -> factory.apply(json.constant("point", Point.class).orElse(Point.BEFORE_HEAD)),
        "[point]");
  }

  private static Form<Fault> plain(FaultKind kind, Supplier<Fault> factory) {
    return form(kind, json -> factory.get());
  }

  private static Form<Fault> form(
      FaultKind kind, Function<JsonMembers, Fault> factory, String... members) {
    return new Form<>(
        kind.factory, List.of(members), further(kind), json -> modified(factory.apply(json), json));
  }

  /** The members that stand for the methods of a fault. */
  private static List<String> further(FaultKind kind) {
    List<String> members = new ArrayList<>();
    if (kind != FaultKind.REFUSE_CONNECTION) {
      members.addAll(List.of("times", "always"));
    }
    if (kind.scope == FaultKind.Scope.REQUEST || kind.scope == FaultKind.Scope.EITHER) {
      members.add("afterServing");
    }
    if (kind.isAnswer() || kind == FaultKind.HEADER) {
      members.add("headers");
    }
    if (kind.isAnswer() && kind != FaultKind.STATUS) {
      members.add("body");
    }
    return members;
  }

  private static Fault modified(Fault plain, JsonMembers json) {
    Fault fault = plain;
    for (String field : json.list("headers").orElse(List.of())) {
      String[] parts = field.split(": *", 2);
      if (parts.length < 2) {
        throw new IllegalArgumentException("headers must be fields like \"Retry-After: 1\"");
      }
      fault = withHeader(fault, parts[0], parts[1]);
    }
    if (json.string("body").isPresent()) {
      fault = fault.withBody(json.required("body"));
    }
    boolean always = json.flag("always").orElse(false);
    if (json.number("times", 1, Integer.MAX_VALUE).isPresent()) {
      if (always) {
        throw new IllegalArgumentException("always must not stand beside times");
      }
      fault = fault.times(whole(json, "times"));
    }
    fault = always ? fault.always() : fault;
    return json.flag("afterServing").orElse(false) ? fault.afterServing() : fault;
  }

  private static Fault withHeader(Fault fault, String name, String value) {
    try {
      return fault.withHeader(name, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("headers: " + e.getMessage(), e);
    }
  }

  private static int whole(JsonMembers json, String name) {
    return (int) json.requiredNumber(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static Duration millis(JsonMembers json, String name) {
    return Duration.ofMillis(json.requiredNumber(name, 1, Duration.ofDays(1).toMillis()));
  }

  private static byte[] base64(JsonMembers json, String name) {
    try {
      return Base64.getDecoder().decode(json.required(name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " must be there, in Base64", e);
    }
  }
}
