// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parsec4j.testkit.Fault.Point;
import java.time.Duration;
import java.util.List;

/** One fault of each kind. */
final class FaultSamples {
  private FaultSamples() {}

  /** Those that let the service act. */
  static List<Fault> ofAnswers() {
    return List.of(
        Fault.resetConnection(Point.IN_HEAD),
        Fault.resetConnection(Point.IN_BODY),
        Fault.resetConnection(Point.AFTER_ANSWER),
        Fault.closeConnection(Point.IN_HEAD),
        Fault.closeConnection(Point.IN_BODY),
        Fault.closeConnection(Point.AFTER_ANSWER),
        Fault.drip(64, Duration.ofNanos(1)),
        Fault.delay(Duration.ofNanos(1)),
        Fault.truncatedBody(3),
        Fault.unfinishedChunks(),
        Fault.contradictoryLengths(),
        Fault.lengthAndChunks(),
        Fault.tooManyFields(),
        Fault.hugeHeader(70_000),
        Fault.hugeBody(100_000),
        Fault.header("X-A", "1"),
        Fault.contentType("text/html"),
        Fault.gzipped(),
        Fault.invalidUtf8(),
        Fault.cutJson(),
        Fault.secondAnswer(),
        Fault.interim(103, 2));
  }

  /** Those that keep the request from the service, unless they come after serving. */
  static List<Fault> insteadOfAnswers() {
    return List.of(
        Fault.resetConnection(),
        Fault.closeConnection(),
        Fault.garbage(),
        Fault.rawAnswer("HTTP/1.1 200 OK\r\n\r\n{}".getBytes(US_ASCII)),
        Fault.status(200),
        Fault.redirect("/elsewhere"),
        Fault.rateLimit(Duration.ofSeconds(1)));
  }
}
