// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.parsec4j.api.SessionId;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.testkit.internal.HttpRequest;
import io.parsec4j.testkit.internal.JsonText;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as a {@link FakeParsec} received it. Immutable.
 *
 * <p>Its parts hold the secrets that the client sent; printing it shows none of them.
 */
public final class RecordedRequest {
  private static final String BEARER = "Bearer ";

  private final HttpRequest request;
  private final @Nullable Fault fault;

  private RecordedRequest(HttpRequest request, @Nullable Fault fault) {
    this.request = request;
    this.fault = fault;
  }

  static RecordedRequest of(HttpRequest request) {
    return new RecordedRequest(request, null);
  }

  RecordedRequest metBy(Fault scheduled) {
    return new RecordedRequest(request, scheduled);
  }

  /** {@return the method, for example {@code GET}} */
  public String method() {
    return request.method();
  }

  /** {@return the path as it was sent, without the query} */
  public String path() {
    return request.path();
  }

  /** {@return what follows the question mark, as it was sent; empty if nothing does} */
  public String query() {
    return request.query();
  }

  /**
   * Reads the query.
   *
   * @return the values by the names of the parameters, both with percent signs decoded, in the order in which they came;
   *     a parameter without {@code =} has the empty value, and one that cannot be decoded is as it was sent
   */
  public Map<String, List<String>> parameters() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String parameter : query().split("&", -1)) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.split("=", 2);
        values
            .computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
            .add(parts.length > 1 ? decoded(parts[1]) : "");
      }
    }
    values.replaceAll((name, all) -> List.copyOf(all));
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns the value of a parameter of the query.
   *
   * @param name as {@link #parameters()} has it
   * @return its first value; empty if the query does not have it
   */
  public Optional<String> parameter(String name) {
    return parameters().getOrDefault(requireNonNull(name, "name"), List.of()).stream()
        .findFirst();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      // Not well-formed: then what was sent is all there is to show.
      return text;
    }
  }

  /** {@return what the path stands for, whatever the method; empty if the service does not know it} */
  public Optional<Endpoint> endpoint() {
    return Optional.ofNullable(Endpoint.at(request.path()));
  }

  /** {@return the header fields in the order in which they came} */
  public Headers headers() {
    return request.headers();
  }

  /** {@return the session ID in {@code Authorization: Bearer}; empty if there is none, or something that can be none} */
  public Optional<SessionId> sessionId() {
    return headers()
        .first("Authorization")
        .filter(value -> value.startsWith(BEARER))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(token -> !token.isEmpty())
        .flatMap(RecordedRequest::sessionId);
  }

  private static Optional<SessionId> sessionId(String token) {
    try {
      return Optional.of(SessionId.of(token));
    } catch (IllegalArgumentException e) {
      // Nothing that the service can have given out; headers() shows what it is.
      return Optional.empty();
    }
  }

  /** {@return a copy of the body, free of any chunks; empty if there is none} */
  public byte[] body() {
    return request.body().clone();
  }

  /** {@return the members of the body that are strings, by name; empty if the body is not a JSON object} */
  public Map<String, String> bodyFields() {
    try {
      return JsonText.read(request.body()).strings();
    } catch (IllegalArgumentException e) {
      // Not JSON: then it has no members, and body() shows what it is.
      return Map.of();
    }
  }

  /** {@return the fault that met it, as it was given, whatever its number of times; empty if none did} */
  public Optional<Fault> fault() {
    return Optional.ofNullable(fault);
  }

  /** {@return the number of the connection, from 1: requests with the same number came over one connection} */
  public int connection() {
    return request.connection();
  }

  /** {@return method, path, the documented parameters, and the names of headers and fields; no other value} */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder("RecordedRequest[").append(method()).append(' ').append(path());
    char mark = '?';
    for (String parameter : maskedParameters()) {
      text.append(mark).append(parameter);
      mark = '&';
    }
    return text.append(", ")
        .append(headers())
        .append(", body ")
        .append(bodyFields().keySet())
        .append(", connection ")
        .append(connection())
        .append(']')
        .toString();
  }

  /** The parameters of the query that are documented as they were sent; of each other one only that it is there. */
  List<String> maskedParameters() {
    List<String> masked = new ArrayList<>();
    for (String parameter : query().isEmpty() ? new String[0] : query().split("&", -1)) {
      boolean known = parameter.startsWith("mode=") || parameter.startsWith("public=");
      masked.add(known ? parameter : "…");
    }
    return masked;
  }
}
