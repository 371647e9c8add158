// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are meant: those that meet all criteria. It chooses where a fault strikes, and what a test looks for
 * among the requests that came.
 *
 * <pre>{@code
 * RequestPattern desktops = RequestPattern.to(Endpoint.HOSTS).withParameter("mode", "desktop");
 * }</pre>
 *
 * <p>Immutable: each method returns a new pattern. Two are equal if their criteria are, in this order; those of
 * {@link #matching} are if the descriptions are equal and the predicates the same. Printing a pattern shows its criteria
 * without secrets: no session ID, and no value of anything whose name tells that it is a password, a code, a key or the
 * like.
 */
public final class RequestPattern implements Predicate<RecordedRequest> {
  private static final RequestPattern ANY = new RequestPattern(List.of());

  private final List<Criterion> criteria;

  private RequestPattern(List<Criterion> criteria) {
    this.criteria = criteria;
  }

  /** {@return the pattern that every request meets, also one to a path that the service does not know} */
  public static RequestPattern any() {
    return ANY;
  }

  /**
   * Returns the pattern of requests to an endpoint, whatever their method.
   *
   * @param endpoint what the path stands for
   * @return the pattern
   */
  public static RequestPattern to(Endpoint endpoint) {
    Optional<Endpoint> wanted = Optional.of(requireNonNull(endpoint, "endpoint"));
    return ANY.and(
        List.of("to", endpoint),
        "to " + endpoint,
        request -> request.endpoint().equals(wanted),
        request -> request
            .endpoint()
            .map(other -> "is to " + other)
            .orElse("is to a path that the service does not know"));
  }

  /**
   * Adds that the query has a parameter.
   *
   * @param name compared after percent signs are decoded
   * @return the narrower pattern
   */
  public RequestPattern withParameter(String name) {
    return has("parameter", name, request -> parameter(request, name));
  }

  /**
   * Adds that the query has a parameter of a value, be it with others of the same name.
   *
   * @param name compared after percent signs are decoded
   * @param value compared after percent signs are decoded
   * @return the narrower pattern
   */
  public RequestPattern withParameter(String name, String value) {
    return has("parameter", name, value, "=", request -> parameter(request, name));
  }

  /**
   * Adds that the query does not have a parameter.
   *
   * @param name compared after percent signs are decoded
   * @return the narrower pattern
   */
  public RequestPattern withoutParameter(String name) {
    return hasNot("parameter", name, request -> parameter(request, name));
  }

  /**
   * Adds that there is a header field.
   *
   * @param name in any case
   * @return the narrower pattern
   */
  public RequestPattern withHeader(String name) {
    return has("header", name, request -> request.headers().all(name));
  }

  /**
   * Adds that there is a header field of a value, be it with others of the same name.
   *
   * @param name in any case
   * @param value compared character by character
   * @return the narrower pattern
   */
  public RequestPattern withHeader(String name, String value) {
    return has("header", name, value, ": ", request -> request.headers().all(name));
  }

  /**
   * Adds that there is no header field of a name.
   *
   * @param name in any case
   * @return the narrower pattern
   */
  public RequestPattern withoutHeader(String name) {
    return hasNot("header", name, request -> request.headers().all(name));
  }

  /**
   * Adds that the body is a JSON object with a member that is a string.
   *
   * @param name of the member, for example {@code tfa}
   * @return the narrower pattern
   */
  public RequestPattern withBodyField(String name) {
    return has("body field", name, request -> bodyField(request, name));
  }

  /**
   * Adds that the body is a JSON object with a member that is this string.
   *
   * @param name of the member, for example {@code email}
   * @param value compared character by character
   * @return the narrower pattern
   */
  public RequestPattern withBodyField(String name, String value) {
    return has("body field", name, value, "=", request -> bodyField(request, name));
  }

  /**
   * Adds that the body has no member of a name that is a string, also because there is no body.
   *
   * @param name of the member, for example {@code tfa}
   * @return the narrower pattern
   */
  public RequestPattern withoutBodyField(String name) {
    return hasNot("body field", name, request -> bodyField(request, name));
  }

  /**
   * Adds that the request carries a session.
   *
   * @param session compared with the token in {@code Authorization: Bearer}
   * @return the narrower pattern
   */
  public RequestPattern withSession(SessionId session) {
    String wanted = "Bearer " + requireNonNull(session, "session").reveal();
    return and(
        List.of("session", session),
        "with session …",
        request -> request.headers().all("Authorization").equals(List.of(wanted)),
        request -> request.headers().first("Authorization").isPresent()
            ? "has another session"
            : "has no session");
  }

  /**
   * Adds a criterion of one's own.
   *
   * @param description what the predicate is true for, in words without secrets, for example {@code "with a large body"}
   * @param predicate called for each request that is looked at, by several threads at once
   * @return the narrower pattern
   */
  public RequestPattern matching(String description, Predicate<? super RecordedRequest> predicate) {
    requireNonNull(description, "description");
    requireNonNull(predicate, "predicate");
    return and(
        List.of("matching", description, predicate),
        description,
        predicate,
        request -> "is not " + description);
  }

  /**
   * Tells whether a request meets all criteria.
   *
   * @param request the request
   * @return whether it does
   */
  @Override
  public boolean test(RecordedRequest request) {
    requireNonNull(request, "request");
    return criteria.stream().allMatch(criterion -> criterion.test.test(request));
  }

  /** {@return whether the other is a pattern with equal criteria in this order} */
  @Override
  public boolean equals(Object other) {
    return other instanceof RequestPattern && criteria.equals(((RequestPattern) other).criteria);
  }

  @Override
  public int hashCode() {
    return criteria.hashCode();
  }

  /** {@return the criteria in words, without secrets} */
  @Override
  public String toString() {
    return "RequestPattern[" + words() + "]";
  }

  /** The criteria in words: {@code to HOSTS, with parameter mode=game}. */
  String words() {
    return criteria.isEmpty()
        ? "any"
        : criteria.stream().map(criterion -> criterion.text).collect(Collectors.joining(", "));
  }

  /** What keeps a request from meeting the pattern, in words; empty if nothing does. */
  List<String> differences(RecordedRequest request) {
    return criteria.stream()
        .filter(criterion -> !criterion.test.test(request))
        .map(criterion -> criterion.difference.apply(request))
        .collect(Collectors.toUnmodifiableList());
  }

  private RequestPattern has(
      String kind, String name, Function<RecordedRequest, List<String>> values) {
    requireNonNull(name, "name");
    return and(
        List.of("with", kind, identity(kind, name)),
        "with " + kind + " " + name,
        request -> !values.apply(request).isEmpty(),
        request -> "has no " + kind + " " + name);
  }

  private RequestPattern has(
      String kind,
      String name,
      String value,
      String separator,
      Function<RecordedRequest, List<String>> values) {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
    return and(
        List.of("with", kind, identity(kind, name), value),
        "with " + kind + " " + name + separator + Masked.expected(name, value),
        request -> values.apply(request).contains(value),
        request -> {
          List<String> actual = values.apply(request);
          return actual.isEmpty()
              ? "has no " + kind + " " + name
              : kind + " " + name + " is " + Masked.actual(request, name, actual);
        });
  }

  private RequestPattern hasNot(
      String kind, String name, Function<RecordedRequest, List<String>> values) {
    requireNonNull(name, "name");
    return and(
        List.of("without", kind, identity(kind, name)),
        "without " + kind + " " + name,
        request -> values.apply(request).isEmpty(),
        request ->
            kind + " " + name + " is " + Masked.actual(request, name, values.apply(request)));
  }

  private RequestPattern and(
      List<Object> identity,
      String text,
      Predicate<? super RecordedRequest> test,
      Function<RecordedRequest, String> difference) {
    List<Criterion> more = new ArrayList<>(criteria);
    more.add(new Criterion(identity, text, test, difference));
    return new RequestPattern(List.copyOf(more));
  }

  private static String identity(String kind, String name) {
    return kind.equals("header") ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static List<String> parameter(RecordedRequest request, String name) {
    return request.parameters().getOrDefault(name, List.of());
  }

  private static List<String> bodyField(RecordedRequest request, String name) {
    String value = request.bodyFields().get(name);
    return value == null ? List.of() : List.of(value);
  }

  /** One thing that is asked of a request. */
  private static final class Criterion {
    private final List<Object> identity;
    private final String text;
    private final Predicate<? super RecordedRequest> test;
    private final Function<RecordedRequest, String> difference;

    Criterion(
        List<Object> identity,
        String text,
        Predicate<? super RecordedRequest> test,
        Function<RecordedRequest, String> difference) {
      this.identity = identity;
      this.text = text;
      this.test = test;
      this.difference = difference;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Criterion && identity.equals(((Criterion) other).identity);
    }

    @Override
    public int hashCode() {
      return identity.hashCode();
    }
  }
}
