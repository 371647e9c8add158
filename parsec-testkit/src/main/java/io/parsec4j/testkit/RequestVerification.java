// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Says how often requests of a pattern must have come, from a {@code verify} method of the fake service:
 *
 * <pre>{@code
 * server.verify(RequestPattern.to(Endpoint.HOSTS).withParameter("mode", "desktop")).once();
 * }</pre>
 *
 * <p>Each method looks at what has come when it is called. It throws an {@link AssertionError} if the number is another
 * one, whose message shows what came: the requests that are meant, then the others, those that miss the fewest criteria
 * first, each with what differs, without secrets.
 */
public final class RequestVerification {
  private static final int MAX_SHOWN = 10;

  private final RequestPattern pattern;
  private final Supplier<List<RecordedRequest>> requests;

  RequestVerification(RequestPattern pattern, Supplier<List<RecordedRequest>> requests) {
    this.pattern = pattern;
    this.requests = requests;
  }

  /**
   * Requires exactly one request.
   *
   * @return the request
   * @throws AssertionError if there is none or more than one
   */
  @CanIgnoreReturnValue
  public RecordedRequest once() {
    return verify("exactly 1 request", count -> count == 1).get(0);
  }

  /**
   * Requires that there is no request.
   *
   * @throws AssertionError if there is one
   */
  public void never() {
    List<RecordedRequest> unused = verify("no request", count -> count == 0);
  }

  /**
   * Requires a number of requests.
   *
   * @param count the number: 0 or more
   * @return the requests, the oldest first
   * @throws AssertionError if there are more or fewer
   * @throws IllegalArgumentException if {@code count} is negative
   */
  @CanIgnoreReturnValue
  public List<RecordedRequest> times(int count) {
    return verify("exactly " + requests(count), actual -> actual == count);
  }

  /**
   * Requires a number of requests or more.
   *
   * @param count the number: 0 or more
   * @return the requests, the oldest first
   * @throws AssertionError if there are fewer
   * @throws IllegalArgumentException if {@code count} is negative
   */
  @CanIgnoreReturnValue
  public List<RecordedRequest> atLeast(int count) {
    return verify("at least " + requests(count), actual -> actual >= count);
  }

  /** {@return the pattern in words} */
  @Override
  public String toString() {
    return "RequestVerification[" + pattern.words() + "]";
  }

  private List<RecordedRequest> verify(String expected, IntPredicate isRight) {
    List<RecordedRequest> all = requests.get();
    List<RecordedRequest> meant =
        all.stream().filter(pattern).collect(Collectors.toUnmodifiableList());
    if (!isRight.test(meant.size())) {
      throw new AssertionError("expected " + expected + ": " + pattern.words() + "; there "
          + (meant.size() == 1 ? "was " : "were ") + meant.size() + report(pattern, all));
    }
    return meant;
  }

  /** Shows requests, those of the pattern first and then the nearest, on lines of their own. */
  static String report(RequestPattern pattern, List<RecordedRequest> requests) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      seen.add(new Seen(i + 1, requests.get(i), pattern.differences(requests.get(i))));
    }
    seen.sort(Comparator.comparingInt(request -> request.differences.size()));
    StringBuilder text = new StringBuilder(seen.isEmpty() ? "; nothing came" : "; what came:");
    for (Seen request : seen.subList(0, Math.min(MAX_SHOWN, seen.size()))) {
      text.append("\n  ").append(request.number).append(". ").append(request.request);
      request.differences.forEach(difference -> text.append("\n     ").append(difference));
    }
    if (seen.size() > MAX_SHOWN) {
      text.append("\n  and ").append(seen.size() - MAX_SHOWN).append(" more");
    }
    return text.toString();
  }

  private static String requests(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, was " + count);
    }
    return count == 1 ? "1 request" : count + " requests";
  }

  /** A request, its place among all, and what it misses. */
  private static final class Seen {
    private final int number;
    private final RecordedRequest request;
    private final List<String> differences;

    Seen(int number, RecordedRequest request, List<String> differences) {
      this.number = number;
      this.request = request;
      this.differences = differences;
    }
  }
}
