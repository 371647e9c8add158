// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.junit;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.testkit.Fault;
import io.parsec4j.testkit.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** A server, and the client that its test was given. */
final class ServerOfTest implements AutoCloseable {
  private static final Namespace SERVERS = Namespace.create(ServerOfTest.class);

  private final FakeParsecServer server;
  private @Nullable ParsecClient client;
  private volatile boolean failureAccepted;

  private ServerOfTest(FakeParsecServer server) {
    this.server = server;
  }

  /** The server that is kept in a context, started if it is not. */
  static ServerOfTest in(ExtensionContext home, ServerPlan plan) {
    return home.getStore(SERVERS)
        .getOrComputeIfAbsent(
            home.getUniqueId(), id -> new ServerOfTest(plan.start()), ServerOfTest.class);
  }

  static Optional<ServerOfTest> existing(ExtensionContext home) {
    // The ID keeps apart what this context has and what it sees of those around it.
    return Optional.ofNullable(home.getStore(SERVERS).get(home.getUniqueId(), ServerOfTest.class));
  }

  FakeParsecServer server() {
    return server;
  }

  synchronized ParsecClient client() {
    if (client == null) {
      client = server.client();
    }
    return client;
  }

  /** Notes that a test has failed itself, after which what it left behind says nothing. */
  void acceptFailure() {
    failureAccepted = true;
  }

  /** Closes the server, and throws if it was to be strict and something was left behind. */
  void end(boolean strict) {
    List<Fault> unused = server.pendingFaults();
    close();
    // Looked at when nothing can come any more.
    List<RecordedRequest> unknown = server.requests().stream()
        .filter(request -> request.endpoint().isEmpty())
        .collect(Collectors.toUnmodifiableList());
    if (strict && !failureAccepted && !(unused.isEmpty() && unknown.isEmpty())) {
      throw new AssertionError(message(unused, unknown));
    }
  }

  private static String message(List<Fault> unused, List<RecordedRequest> unknown) {
    List<String> lines = new ArrayList<>();
    if (!unused.isEmpty()) {
      lines.add("faults were scheduled and not used up:");
      unused.forEach(fault -> lines.add("  " + fault));
    }
    if (!unknown.isEmpty()) {
      lines.add("requests came to paths that the service does not know:");
      unknown.forEach(request -> lines.add("  " + request));
    }
    lines.add("(strict = false or lenient() lets this pass)");
    return String.join("\n", lines);
  }

  /** Closes the server; also called by JUnit when no callback was, for example because a constructor threw. */
  @Override
  public void close() {
    server.close();
  }
}
