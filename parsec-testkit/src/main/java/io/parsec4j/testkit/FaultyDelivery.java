// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parsec4j.testkit.internal.Answer;
import io.parsec4j.testkit.internal.Delivery;
import io.parsec4j.testkit.internal.Delivery.End;
import io.parsec4j.testkit.internal.Delivery.Step;
import io.parsec4j.testkit.internal.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Turns a fault, and the right answer if there is one, into the bytes that the client is to see. */
final class FaultyDelivery {
  private static final int TOO_MANY_FIELDS = 101;
  private static final int BLOCK_BYTES = 8_192;
  private static final byte[] GARBAGE = "220 this is not HTTP\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] FIELDS = "X-Fault: 1\r\n".repeat(700).getBytes(US_ASCII);
  private static final byte[] BLANKS = " ".repeat(BLOCK_BYTES).getBytes(US_ASCII);

  /** A byte that starts a character of two, and one that does not go on with it. */
  private static final byte[] NO_UTF8 = {(byte) 0xc3, '('};

  private final Fault fault;
  private final HttpRequest request;

  FaultyDelivery(Fault fault, HttpRequest request) {
    this.fault = fault;
    this.request = request;
  }

  /** What the client sees of a fault that needs no answer. */
  Delivery withoutAnswer() {
    switch (fault.kind()) {
      case RESET_CONNECTION:
        return Delivery.of(List.of(), End.RST);
      case CLOSE_CONNECTION:
        return Delivery.of(List.of(), End.FIN);
      case STALL:
        return Delivery.of(List.of(), End.STALL);
      case GARBAGE:
        return Delivery.of(GARBAGE, End.FIN);
      case RAW_ANSWER:
        return Delivery.of(fault.raw(), End.FIN);
      default:
        return Delivery.of(ownAnswer(), request);
    }
  }

  private Answer ownAnswer() {
    Answer answer;
    if (fault.kind() == FaultKind.STATUS) {
      answer = error((int) fault.number(0));
    } else if (fault.kind() == FaultKind.REDIRECT) {
      answer = error(302).withField("Location", fault.text());
    } else {
      answer = error(429).withRetryAfter(fault.duration(0));
    }
    Bytes body = fault.body();
    return withFields(body == null ? answer : answer.withBody(body.array()));
  }

  private static Answer error(int status) {
    return Answer.error(status, "a fault of the test answers " + status);
  }

  private Answer withFields(Answer answer) {
    Answer more = answer;
    for (int i = 0; i < fault.fields().size(); i += 2) {
      String name = fault.fields().get(i);
      String value = fault.fields().get(i + 1);
      more = fault.kind().isAnswer() && name.equalsIgnoreCase("Content-Type")
          ? more.withContentType(value)
          : more.withField(name, value);
    }
    return more;
  }

  /** What the client sees of a fault that damages the right answer. */
  Delivery of(Answer right) {
    switch (fault.kind()) {
      case RESET_CONNECTION:
        return Delivery.of(upTo(right), End.RST);
      case CLOSE_CONNECTION:
        return Delivery.of(upTo(right), End.FIN);
      case STALL:
        return Delivery.of(upTo(right), End.STALL);
      case DRIP:
        return Delivery.of(drops(right.bytes(request)), Delivery.endAfter(request));
      case DELAY:
        return Delivery.of(right, request).after(fault.duration(0));
      case SECOND_ANSWER:
        Answer second = Answer.error(500, "a fault of the test answers a second time");
        return Delivery.of(
            Answer.join(right.bytes(request), second.bytes(request)), Delivery.endAfter(request));
      case INTERIM:
        String interim = "HTTP/1.1 " + fault.number(0) + " Interim\r\n\r\n";
        byte[] all = interim.repeat((int) fault.number(1)).getBytes(US_ASCII);
        return Delivery.of(Answer.join(all, right.bytes(request)), Delivery.endAfter(request));
      case ENDLESS_HEAD:
      case ENDLESS_BODY:
        return Delivery.of(tooMuch(right), End.FIN);
      case HUGE_BODY:
        return Delivery.of(tooMuch(right), Delivery.endAfter(request));
      case TRUNCATED_BODY:
      case UNFINISHED_CHUNKS:
      case CONTRADICTORY_LENGTHS:
      case LENGTH_AND_CHUNKS:
        return Delivery.of(wronglyFramed(right), End.FIN);
      default:
        return Delivery.of(changed(right), request);
    }
  }

  private byte[] upTo(Answer right) {
    byte[] head = right.head(request);
    byte[] content = right.content(request);
    switch (fault.point()) {
      case IN_HEAD:
        int statusLine = new String(head, ISO_8859_1).indexOf("\r\n") + 2;
        return Arrays.copyOf(head, (statusLine + head.length) / 2);
      case IN_BODY:
        return Answer.join(head, Arrays.copyOf(content, content.length / 2));
      default:
        return Answer.join(head, content);
    }
  }

  private List<Step> drops(byte[] bytes) {
    int size = (int) fault.number(0);
    List<Step> drops = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      Duration pause = from == 0 ? Duration.ZERO : fault.duration(1);
      int to = (int) Math.min((long) from + size, bytes.length);
      drops.add(Step.of(pause, Arrays.copyOfRange(bytes, from, to)));
      if (to == bytes.length) {
        break;
      }
    }
    return drops;
  }

  private List<Step> tooMuch(Answer right) {
    byte[] content = right.content(request);
    if (fault.kind() == FaultKind.ENDLESS_HEAD) {
      byte[] head = right.head(request);
      return List.of(Step.of(Arrays.copyOf(head, head.length - 2)), Step.endless(FIELDS));
    }
    if (fault.kind() == FaultKind.ENDLESS_BODY) {
      byte[] start = Answer.join(right.head(request, ""), content);
      return List.of(Step.of(start), Step.endless(BLANKS));
    }
    long length = Math.max(fault.number(0), content.length);
    long blanks = length - content.length;
    return List.of(
        Step.of(Answer.join(right.head(request, length(length)), content)),
        Step.repeated(BLANKS, blanks / BLOCK_BYTES),
        Step.of(Arrays.copyOf(BLANKS, (int) (blanks % BLOCK_BYTES))));
  }

  private byte[] wronglyFramed(Answer right) {
    byte[] content = right.content(request);
    String chunked = "Transfer-Encoding: chunked\r\n";
    switch (fault.kind()) {
      case TRUNCATED_BODY:
        long kept = Math.max(0, Math.min(fault.number(0), content.length - 1));
        return Answer.join(right.head(request), Arrays.copyOf(content, (int) kept));
      case UNFINISHED_CHUNKS:
        return Answer.join(right.head(request, chunked), chunk(content));
      case LENGTH_AND_CHUNKS:
        return Answer.join(
            right.head(request, length(content.length) + chunked),
            chunk(content),
            "0\r\n\r\n".getBytes(US_ASCII));
      default:
        String lengths = length(content.length) + length(content.length + 1L);
        return Answer.join(right.head(request, lengths), content);
    }
  }

  private static String length(long bytes) {
    return "Content-Length: " + bytes + "\r\n";
  }

  private static byte[] chunk(byte[] content) {
    String size = Integer.toHexString(content.length) + "\r\n";
    return Answer.join(size.getBytes(US_ASCII), content, "\r\n".getBytes(US_ASCII));
  }

  private Answer changed(Answer right) {
    byte[] body = right.body();
    switch (fault.kind()) {
      case TOO_MANY_FIELDS:
        Answer many = right;
        for (int i = 0; i < TOO_MANY_FIELDS; i++) {
          many = many.withField("X-Fault-" + i, "1");
        }
        return many;
      case HUGE_HEADER:
        return right.withField("X-Fault", "x".repeat((int) fault.number(0)));
      case CONTENT_TYPE:
        return right.withContentType(fault.text());
      case GZIPPED:
        return right.withBody(gzip(body)).withField("Content-Encoding", "gzip");
      case INVALID_UTF8:
        int string = new String(body, ISO_8859_1).indexOf('"') + 1;
        return right.withBody(Answer.join(
            Arrays.copyOf(body, string), NO_UTF8, Arrays.copyOfRange(body, string, body.length)));
      case CUT_JSON:
        return right.withBody(Arrays.copyOf(body, body.length / 2));
      default:
        return withFields(right);
    }
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory must take what is written to it", e);
    }
    return packed.toByteArray();
  }
}
