// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong between the service and a client, to be given to {@link FakeParsec#fail(Endpoint, Fault...)} or
 * {@link FakeParsec#failConnections(Fault...)}.
 *
 * <pre>{@code
 * server.fail(Endpoint.SIGN_IN, Fault.resetConnection().afterServing());
 * }</pre>
 *
 * <p>A fault comes once unless {@link #times} or {@link #always} says more. One that damages the right answer lets the
 * service act first: the session is opened, the two-factor code is used up. One that needs no answer keeps the request
 * from the service, unless {@link #afterServing} says otherwise.
 *
 * <p>An immutable value: two faults made alike are equal. It prints like the calls that make it, bodies by their length
 * and fields by their names.
 */
public final class Fault {
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final int MAX_TIMES = 1_000_000;
  private static final int MAX_HEADER_BYTES = 64 << 20;
  private static final int MAX_INTERIM = 1_000;
  private static final int MIN_STATUS = 200;
  private static final int MAX_STATUS = 999;
  private static final Duration MAX_PAUSE = Duration.ofDays(1);
  private static final Duration MAX_RETRY_AFTER = Duration.ofDays(36_500);

  private final FaultKind kind;
  private final List<Object> arguments;
  private final List<String> fields;
  private final @Nullable Bytes body;
  private final int times;
  private final boolean afterServing;

  private Fault(
      FaultKind kind,
      List<Object> arguments,
      List<String> fields,
      @Nullable Bytes body,
      int times,
      boolean afterServing) {
    this.kind = kind;
    this.arguments = arguments;
    this.fields = fields;
    this.body = body;
    this.times = times;
    this.afterServing = afterServing;
  }

  private static Fault of(FaultKind kind, Object... arguments) {
    boolean lasting = kind == FaultKind.REFUSE_CONNECTION;
    return new Fault(kind, List.of(arguments), List.of(), null, lasting ? ALWAYS : 1, false);
  }

  /** How far an answer comes before its connection breaks. */
  public enum Point {
    /** Not one byte of it leaves. */
    BEFORE_HEAD,
    /** It ends within the head, after the status. */
    IN_HEAD,
    /** The head leaves, and half of the body. */
    IN_BODY,
    /** It leaves whole; then the connection breaks, although nothing announced it. */
    AFTER_ANSWER
  }

  /** {@return {@link #resetConnection(Point)} before the head} */
  public static Fault resetConnection() {
    return resetConnection(Point.BEFORE_HEAD);
  }

  /**
   * Breaks the connection with a reset (RST), as a process that is killed or a firewall does.
   *
   * @param point how far the answer comes
   * @return the fault; the service acts unless the point is {@link Point#BEFORE_HEAD}
   */
  public static Fault resetConnection(Point point) {
    return at(FaultKind.RESET_CONNECTION, point);
  }

  /** {@return {@link #closeConnection(Point)} before the head} */
  public static Fault closeConnection() {
    return closeConnection(Point.BEFORE_HEAD);
  }

  /**
   * Ends the connection in order (FIN, under TLS after a close_notify) where the answer would go on.
   *
   * @param point how far the answer comes
   * @return the fault; the service acts unless the point is {@link Point#BEFORE_HEAD}
   */
  public static Fault closeConnection(Point point) {
    return at(FaultKind.CLOSE_CONNECTION, point);
  }

  /** {@return {@link #stall(Point)} before the head} */
  public static Fault stall() {
    return stall(Point.BEFORE_HEAD);
  }

  /**
   * Lets the answer stop without ending the connection, until the client gives up or the fake is closed.
   *
   * @param point how far the answer comes
   * @return the fault; the service acts unless the point is {@link Point#BEFORE_HEAD}
   */
  public static Fault stall(Point point) {
    return at(FaultKind.STALL, point);
  }

  private static Fault at(FaultKind kind, Point point) {
    requireNonNull(point, "point");
    return point == Point.BEFORE_HEAD ? of(kind) : of(kind, point);
  }

  /**
   * Sends the right answer in pieces, head included.
   *
   * @param bytes the size of a piece, 1 or more
   * @param pause the time between two of them, positive and at most a day
   * @return the fault
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Fault drip(int bytes, Duration pause) {
    return of(
        FaultKind.DRIP,
        within(1, bytes, Integer.MAX_VALUE, "bytes"),
        within(Duration.ofNanos(1), pause, MAX_PAUSE, "pause"));
  }

  /**
   * Sends the right answer late; the service acts when the request arrives.
   *
   * @param delay positive, at most a day
   * @return the fault
   * @throws IllegalArgumentException if {@code delay} is out of that range
   */
  public static Fault delay(Duration delay) {
    return of(FaultKind.DELAY, within(Duration.ofNanos(1), delay, MAX_PAUSE, "delay"));
  }

  /**
   * Ends the connection within the body, which is shorter then than the head announces.
   *
   * @param keptBytes how much of the body leaves, 0 or more; the last byte never does
   * @return the fault
   * @throws IllegalArgumentException if {@code keptBytes} is negative
   */
  public static Fault truncatedBody(int keptBytes) {
    return of(FaultKind.TRUNCATED_BODY, within(0, keptBytes, Integer.MAX_VALUE, "keptBytes"));
  }

  /** {@return a fault that sends the whole body in chunks and ends the connection before the last, empty one} */
  public static Fault unfinishedChunks() {
    return of(FaultKind.UNFINISHED_CHUNKS);
  }

  /** {@return a fault that answers with something that is not HTTP and ends the connection} */
  public static Fault garbage() {
    return of(FaultKind.GARBAGE);
  }

  /**
   * Answers with bytes of the test's own and ends the connection.
   *
   * @param bytes what the client is to read, copied; may be empty
   * @return the fault
   */
  public static Fault rawAnswer(byte[] bytes) {
    return of(FaultKind.RAW_ANSWER, Bytes.copyOf(requireNonNull(bytes, "bytes")));
  }

  /** {@return a fault that announces two different lengths of the body, the right one first} */
  public static Fault contradictoryLengths() {
    return of(FaultKind.CONTRADICTORY_LENGTHS);
  }

  /** {@return a fault that sends the body in chunks and announces its length as well} */
  public static Fault lengthAndChunks() {
    return of(FaultKind.LENGTH_AND_CHUNKS);
  }

  /** {@return a fault that adds 101 fields to the head, where a client reads at most 100} */
  public static Fault tooManyFields() {
    return of(FaultKind.TOO_MANY_FIELDS);
  }

  /**
   * Adds one field with a long value to the head; a client reads a head of at most 65,536 bytes.
   *
   * @param bytes the length of the value, 1 to 67,108,864
   * @return the fault
   * @throws IllegalArgumentException if {@code bytes} is out of that range
   */
  public static Fault hugeHeader(int bytes) {
    return of(FaultKind.HUGE_HEADER, within(1, bytes, MAX_HEADER_BYTES, "bytes"));
  }

  /** {@return a fault that sends fields without end, as fast as they are read} */
  public static Fault endlessHead() {
    return of(FaultKind.ENDLESS_HEAD);
  }

  /** {@return a fault that sends the body without a length, and blanks after it without end, as fast as they are read} */
  public static Fault endlessBody() {
    return of(FaultKind.ENDLESS_BODY);
  }

  /**
   * Fills the body up with blanks, which mean nothing in JSON, and announces its length rightly.
   *
   * @param bytes the length of the body, 1 or more; a body that is longer stays as it is
   * @return the fault
   * @throws IllegalArgumentException if {@code bytes} is less than 1
   */
  public static Fault hugeBody(long bytes) {
    return of(FaultKind.HUGE_BODY, within(1, bytes, Long.MAX_VALUE, "bytes"));
  }

  /**
   * Adds a field to the head of the right answer, also if it is there already.
   *
   * @param name a token as RFC 9110 defines it
   * @param value visible ASCII characters, blanks and tabs
   * @return the fault; {@link #withHeader} adds more
   * @throws IllegalArgumentException if {@code name} or {@code value} has another character
   */
  public static Fault header(String name, String value) {
    return of(FaultKind.HEADER).withField(name, value);
  }

  /**
   * Gives the right answer another Content-Type.
   *
   * @param contentType visible ASCII characters, blanks and tabs, for example {@code text/html}
   * @return the fault
   * @throws IllegalArgumentException if {@code contentType} has another character
   */
  public static Fault contentType(String contentType) {
    return of(
        FaultKind.CONTENT_TYPE,
        fieldValue(requireNonNull(contentType, "contentType"), "contentType"));
  }

  /** {@return a fault that compresses the body with gzip, and says so, although nobody asked for it} */
  public static Fault gzipped() {
    return of(FaultKind.GZIPPED);
  }

  /** {@return a fault that puts a byte into the first string of the body which UTF-8 does not have} */
  public static Fault invalidUtf8() {
    return of(FaultKind.INVALID_UTF8);
  }

  /** {@return a fault that cuts the body in the middle, and announces the length of what is left} */
  public static Fault cutJson() {
    return of(FaultKind.CUT_JSON);
  }

  /** {@return a fault that sends another answer, for which nobody asked, right after the first} */
  public static Fault secondAnswer() {
    return of(FaultKind.SECOND_ANSWER);
  }

  /**
   * Sends interim answers before the right one.
   *
   * @param status 100 to 199, but not 101, which would be the end of HTTP
   * @param count how many of them, 1 to 1,000
   * @return the fault
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static Fault interim(int status, int count) {
    if (status == 101) {
      throw new IllegalArgumentException("status must not be 101, which ends HTTP; use rawAnswer");
    }
    return of(
        FaultKind.INTERIM,
        within(100, status, 199, "status"),
        within(1, count, MAX_INTERIM, "count"));
  }

  /**
   * Answers with a status and a JSON body that says that a fault did it.
   *
   * @param status 200 to 999; 204 and 304 go without a body
   * @return the fault; {@link #withHeader} and {@link #withBody} say more
   * @throws IllegalArgumentException if {@code status} is out of that range
   */
  public static Fault status(int status) {
    return of(FaultKind.STATUS, within(MIN_STATUS, status, MAX_STATUS, "status"));
  }

  /**
   * Answers with a status and a body.
   *
   * @param status 200 to 999; 204 and 304 go without a body
   * @param body sent in UTF-8, as {@code application/json}
   * @return the fault, the same as {@code status(status).withBody(body)}
   * @throws IllegalArgumentException if {@code status} is out of that range
   */
  public static Fault status(int status, String body) {
    return status(status).withBody(body);
  }

  /**
   * Answers with 302 and a place to go to.
   *
   * @param location the field Location: visible ASCII characters, blanks and tabs
   * @return the fault
   * @throws IllegalArgumentException if {@code location} has another character
   */
  public static Fault redirect(String location) {
    requireNonNull(location, "location");
    return of(FaultKind.REDIRECT, fieldValue(location, "location"));
  }

  /**
   * Answers with 429 and the time to wait, rounded up to seconds.
   *
   * @param retryAfter zero or positive, at most 36,500 days
   * @return the fault
   * @throws IllegalArgumentException if {@code retryAfter} is out of that range
   */
  public static Fault rateLimit(Duration retryAfter) {
    return of(
        FaultKind.RATE_LIMIT, within(Duration.ZERO, retryAfter, MAX_RETRY_AFTER, "retryAfter"));
  }

  /**
   * Lets nobody connect until {@link FakeParsec#clearFaults()}: the port is closed, and opened again afterwards under
   * the same number. For connections only; comes neither a number of times nor after serving.
   *
   * @return the fault
   */
  public static Fault refuseConnection() {
    return of(FaultKind.REFUSE_CONNECTION);
  }

  /** {@return a fault that answers a TLS handshake with plain HTTP; for connections of a TLS server only} */
  public static Fault plainText() {
    return of(FaultKind.PLAIN_TEXT);
  }

  /** {@return a fault that never answers a TLS handshake; for connections of a TLS server only} */
  public static Fault tlsStall() {
    return of(FaultKind.TLS_STALL);
  }

  /** {@return a fault that answers a TLS handshake with a reset (RST); for connections of a TLS server only} */
  public static Fault tlsReset() {
    return of(FaultKind.TLS_RESET);
  }

  /** {@return a fault that answers a TLS handshake with an end (FIN); for connections of a TLS server only} */
  public static Fault tlsClose() {
    return of(FaultKind.TLS_CLOSE);
  }

  /**
   * Returns this fault, to come several times in a row.
   *
   * @param times 1 to 1,000,000
   * @return the fault
   * @throws IllegalArgumentException if {@code times} is out of that range
   * @throws IllegalStateException if the fault is {@link #refuseConnection()}, which nobody counts
   */
  public Fault times(int times) {
    if (kind == FaultKind.REFUSE_CONNECTION) {
      throw new IllegalStateException("refuseConnection() lasts until clearFaults() is called");
    }
    return new Fault(
        kind, arguments, fields, body, within(1, times, MAX_TIMES, "times"), afterServing);
  }

  /** {@return this fault, to come again and again until {@link FakeParsec#clearFaults()}} */
  public Fault always() {
    return new Fault(kind, arguments, fields, body, ALWAYS, afterServing);
  }

  /**
   * Returns this fault, to come when the service has acted: a session is opened and a code used up, and the client does
   * not learn of it. Changes nothing in a fault that lets the service act anyway.
   *
   * @return the fault
   * @throws IllegalStateException if the fault is one of connections, on which nothing is asked of the service
   */
  public Fault afterServing() {
    if (kind.scope == FaultKind.Scope.CONNECTION || kind.scope == FaultKind.Scope.TLS_CONNECTION) {
      throw new IllegalStateException(this + " meets connections, on which nothing is served");
    }
    return letsServe() ? this : new Fault(kind, arguments, fields, body, times, true);
  }

  /**
   * Returns this fault with one more field in the head of its answer; {@code Content-Type} replaces that of an answer of
   * its own.
   *
   * @param name a token as RFC 9110 defines it
   * @param value visible ASCII characters, blanks and tabs
   * @return the fault
   * @throws IllegalArgumentException if {@code name} or {@code value} has another character
   * @throws IllegalStateException if the fault is none of status, redirect, rateLimit and header
   */
  public Fault withHeader(String name, String value) {
    if (!kind.isAnswer() && kind != FaultKind.HEADER) {
      throw new IllegalStateException(
          this + " has no head of its own; only status, redirect, rateLimit and header have");
    }
    return withField(name, value);
  }

  private Fault withField(String name, String value) {
    List<String> more = new ArrayList<>(fields);
    more.add(fieldName(requireNonNull(name, "name")));
    more.add(fieldValue(requireNonNull(value, "value"), "value"));
    return new Fault(kind, arguments, List.copyOf(more), body, times, afterServing);
  }

  /**
   * Returns this fault with another body in its answer.
   *
   * @param body sent in UTF-8
   * @return the fault
   * @throws IllegalStateException if the fault is none of status, redirect and rateLimit
   */
  public Fault withBody(String body) {
    Bytes bytes = Bytes.copyOf(requireNonNull(body, "body").getBytes(UTF_8));
    if (!kind.isAnswer()) {
      throw new IllegalStateException(
          this + " has no body of its own; only status, redirect and rateLimit have");
    }
    return new Fault(kind, arguments, fields, bytes, times, afterServing);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Fault)) {
      return false;
    }
    Fault that = (Fault) other;
    return kind == that.kind
        && arguments.equals(that.arguments)
        && fields.equals(that.fields)
        && Objects.equals(body, that.body)
        && times == that.times
        && afterServing == that.afterServing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, arguments, fields, body, times, afterServing);
  }

  /** {@return the calls that make this fault, bodies by their length and fields by their names} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.factory).append('(');
    text.append(arguments.stream().map(Fault::shown).collect(Collectors.joining(", ")));
    int first = 0;
    if (kind == FaultKind.HEADER) {
      text.append(fields.get(0));
      first = 2;
    }
    text.append(')');
    for (int i = first; i < fields.size(); i += 2) {
      text.append(".withHeader(").append(fields.get(i)).append(')');
    }
    if (body != null) {
      text.append(".withBody(").append(body).append(')');
    }
    if (kind != FaultKind.REFUSE_CONNECTION && times != 1) {
      text.append(isLasting() ? ".always()" : ".times(" + times + ")");
    }
    return text.append(afterServing ? ".afterServing()" : "").toString();
  }

  /** An address without its query, where secrets may be. */
  private static String shown(Object argument) {
    return argument.toString().replaceFirst("\\?.*", "?…");
  }

  FaultKind kind() {
    return kind;
  }

  /** How far an answer comes. */
  Point point() {
    return arguments.isEmpty() ? Point.BEFORE_HEAD : (Point) arguments.get(0);
  }

  long number(int index) {
    return ((Number) arguments.get(index)).longValue();
  }

  Duration duration(int index) {
    return (Duration) arguments.get(index);
  }

  String text() {
    return (String) arguments.get(0);
  }

  byte[] raw() {
    return ((Bytes) arguments.get(0)).array();
  }

  /** Names at even places, each followed by its value. */
  List<String> fields() {
    return fields;
  }

  @Nullable
  Bytes body() {
    return body;
  }

  int times() {
    return times;
  }

  boolean isLasting() {
    return times == ALWAYS;
  }

  /** Whether the client sees something of the right answer. */
  boolean damagesAnswer() {
    return kind.needsAnswer || (!arguments.isEmpty() && arguments.get(0) instanceof Point);
  }

  /** Whether the service acts on a request that this fault meets. */
  boolean letsServe() {
    return afterServing || damagesAnswer();
  }

  /** Whether it can meet a request. */
  boolean meetsRequests() {
    return kind.scope == FaultKind.Scope.REQUEST || kind.scope == FaultKind.Scope.EITHER;
  }

  /** Whether it can meet a connection on which nothing was asked yet. */
  boolean meetsConnections() {
    return kind.scope != FaultKind.Scope.REQUEST && !letsServe();
  }

  private static int within(int min, int value, int max, String name) {
    return (int) within((long) min, value, max, name);
  }

  private static long within(long min, long value, long max, String name) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be " + min + " to " + max + ", was " + value);
    }
    return value;
  }

  private static Duration within(Duration min, Duration value, Duration max, String name) {
    if (requireNonNull(value, name).compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(name + " must be " + (min.isZero() ? "zero or " : "")
          + "positive and at most " + max + ", was " + value);
    }
    return value;
  }

  private static String fieldName(String name) {
    boolean token = !name.isEmpty()
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    if (!token) {
      throw new IllegalArgumentException(
          "name must be a header name: visible ASCII without separators");
    }
    return name;
  }

  private static String fieldValue(String value, String name) {
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'))) {
      throw new IllegalArgumentException(name + " must be ASCII without control characters");
    }
    return value;
  }
}
