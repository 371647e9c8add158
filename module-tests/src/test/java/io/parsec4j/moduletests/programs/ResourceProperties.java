// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.testkit.FakeParsecServer;
import io.parsec4j.transport.apache.ApacheTransport;
import io.parsec4j.transport.jdk.JdkTransport;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.state.ActionChain;

/** Whatever a program does, nothing is left of it when servers, clients and transports are closed. */
class ResourceProperties {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int INODE = 9;

  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterTry
  void close() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
    opened.clear();
  }

  // several programs a try, and no shrinking: before Java 21 a try waits 3 s for the JDK's client
  @Property(tries = 2, shrinking = ShrinkingMode.OFF)
  void areGivenBack(@ForAll @Size(5) List<@From("programs") ActionChain<World>> programs)
      throws Exception {
    Set<Thread> threads = Set.copyOf(Thread.getAllStackTraces().keySet());
    Set<String> sockets = sockets();

    for (ActionChain<World> program : programs) {
      World unused = program.run();
    }
    close();

    awaitNoMore(() -> newThreads(threads));
    if (Runtime.version().feature() >= 21) {
      // Measured: before, the JDK leaves some open whose peer has gone, as its client has no close.
      awaitNoMore(() -> {
        Set<String> more = sockets();
        more.removeAll(sockets);
        return more;
      });
    }
  }

  @Provide
  Arbitrary<ActionChain<World>> programs() {
    return Chains.in(() -> {
      World world =
          new World(side("jdk", JdkTransport.create()), side("apache", ApacheTransport.create()));
      opened.add(world);
      return world;
    });
  }

  private Side side(String name, Transport transport) {
    opened.add(transport);
    return new Side(name, FakeParsecServer.builder(), server -> transport);
  }

  /** Before Java 21 the thread of the JDK's client ends some time after the collector has found the client. */
  private static void awaitNoMore(Left left) throws Exception {
    long until = System.nanoTime() + PATIENCE;
    while (!left.now().isEmpty() && System.nanoTime() - until < 0) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(left.now()).isEmpty();
  }

  /** What is left now. */
  interface Left {
    Set<String> now() throws IOException;
  }

  private static Set<String> newThreads(Set<Thread> before) {
    Set<String> names = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.isAlive() && isOfNobodyElse(thread)) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  /** Not of the JVM, nor of the pool that all share. */
  private static boolean isOfNobodyElse(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group != null
        && !group.getName().equals("system")
        && !group.getName().equals("InnocuousThreadGroup")
        && !thread.getName().startsWith("ForkJoinPool")
        && !thread.getName().startsWith("CompletableFutureDelayScheduler");
  }

  /** The TCP sockets that this process has open, where the system tells them; the JVM has others of its own. */
  private static Set<String> sockets() throws IOException {
    Set<String> sockets = new HashSet<>();
    if (!Files.isDirectory(DESCRIPTORS)) {
      return sockets;
    }
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      descriptors.forEach(descriptor -> sockets.add(target(descriptor)));
    }
    Set<String> tcp = new HashSet<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        tcp.add("socket:[" + line.strip().split("\\s+", -1)[INODE] + "]");
      }
    }
    sockets.retainAll(tcp);
    return sockets;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // It was closed meanwhile, as the one by which the directory is read.
      return "";
    }
  }
}
