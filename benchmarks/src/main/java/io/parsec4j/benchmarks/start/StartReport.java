// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.start;

import io.parsec4j.benchmarks.Figures;
import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.Service;
import io.parsec4j.benchmarks.stack.Peer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a process costs from its start to the first printed list of hosts, and what it brings along. */
public final class StartReport {
  private static final int FORKS = 15;
  private static final int HOSTS = 20;
  private static final List<Peer> PEERS = List.of(
      Peer.PARSEC_JDK,
      Peer.PARSEC_APACHE,
      Peer.JDK_JACKSON,
      Peer.OKHTTP_MOSHI,
      Peer.RETROFIT_MOSHI,
      Peer.RETROFIT_JACKSON,
      Peer.FEIGN_JACKSON,
      Peer.METHANOL_JACKSON);
  private static final List<Peer> QUICK = List.of(Peer.PARSEC_JDK, Peer.JDK_JACKSON);

  private StartReport() {}

  /** Starts each peer in turn: plainly, with an archive of its classes, and the library from an image of its own. */
  public static void print(boolean quick) throws IOException, InterruptedException {
    int forks = quick ? 1 : FORKS;
    List<Peer> peers = quick ? QUICK : PEERS;
    Path work = Files.createTempDirectory("start");
    Image image = Image.link(work.resolve("image"));
    Figures plain = new Figures();
    Figures archived = new Figures();
    Figures brought = new Figures();
    try (Service service = Service.start(HOSTS)) {
      for (Peer peer : peers) {
        List<String> recording =
            command(peer, service, "-XX:ArchiveClassesAtExit=" + work.resolve(peer.name()));
        Map<String, Double> unused = Fork.run(recording);
        brought.add(peer.name(), footprint(peer));
      }
      for (int fork = 0; fork < forks; fork++) {
        for (Peer peer : peers) {
          plain.add(peer.name(), Fork.run(command(peer, service)));
          archived.add(
              peer.name(),
              Fork.run(
                  command(peer, service, "-XX:SharedArchiveFile=" + work.resolve(peer.name()))));
        }
        plain.add("PARSEC_JDK_IMAGE", Fork.run(image.command(service)));
      }
    }
    System.out.println(
        "A process that prints " + HOSTS + " hosts; median of " + forks + " forks:\n");
    System.out.println(plain.table("cpu.ms", "process.wall.ms"));
    System.out.println("The same with an archive of its classes (AppCDS):\n");
    System.out.println(archived.table("cpu.ms", "process.wall.ms"));
    brought.add("PARSEC_JDK_IMAGE", Map.of("KB", image.bytes() / 1024.0));
    System.out.println("What it brings along, beside the JDK or as an image with it:\n");
    System.out.println(brought.table("jars", "KB"));
  }

  private static List<String> command(Peer peer, Service service, String... flags) {
    List<String> all = new ArrayList<>(peer.flags());
    // Said only if an archive is written, and then about each class that cannot be in it.
    all.add("-Xlog:cds=off");
    all.add("-Xlog:cds+dynamic=off");
    all.addAll(List.of(flags));
    String own = setting("benchmarks.jar");
    return Fork.command(
        all,
        own + File.pathSeparator + String.join(File.pathSeparator, jars(peer)),
        StartFork.class,
        peer.className(),
        service.address().toString(),
        service.token());
  }

  /** Returns the jars of a peer, without that of the measurement. */
  static List<String> jars(Peer peer) {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
        .filter(entry -> peer.needs(Path.of(entry).getFileName().toString()))
        .toList();
  }

  private static Map<String, Double> footprint(Peer peer) throws IOException {
    double bytes = 0;
    double count = 0;
    for (String jar : jars(peer)) {
      if (!jar.contains("slf4j-nop")) {
        bytes += Files.size(Path.of(jar));
        count++;
      }
    }
    return Map.of("jars", count, "KB", bytes / 1024);
  }

  static String setting(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("the system property " + name + " is to be set by the POM");
    }
    return value;
  }
}
