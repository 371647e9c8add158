// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parsec4j.api.FileSessionStore;
import io.parsec4j.api.KeySource;
import io.parsec4j.api.ServiceAddress;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import io.parsec4j.api.SessionStore;
import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.spi.Timer;
import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Jdk;
import io.parsec4j.moduletests.support.Run;
import io.parsec4j.moduletests.support.Trees;
import io.parsec4j.moduletests.support.Waiting;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A session file that several processes use, of which some die, and others lack space or permission. */
class SessionStoreTest {
  private static final KeySource KEY = KeySource.raw(new byte[32]);

  /**
   * Saves sessions that are numbered by their user IDs, and prints each number when its save has returned, or the kind
   * of the failure. Its arguments are the file, the first number, how many, and the length of the session IDs.
   */
  private static final String SAVER = """
      package app;

      import io.parsec4j.api.*;
      import java.nio.file.Path;

      public final class Saver {
        public static void main(String... args) {
          SessionStore store = FileSessionStore.builder(Path.of(args[0]))
              .service(ServiceAddress.DOCUMENTED)
              .account("dude@example.com")
              .key(KeySource.raw(new byte[32]))
              .build();
          long first = Long.parseLong(args[1]);
          SessionId id = SessionId.of("x".repeat(Integer.parseInt(args[3])));
          for (long n = first; n < first + Long.parseLong(args[2]); n++) {
            try {
              store.save(Session.builder(id).userId(n).build());
              System.out.println(n);
            } catch (SessionStoreException e) {
              System.out.println(e.kind());
              System.out.println(e.getMessage());
            }
          }
        }
      }
      """;

  @TempDir
  private static Path classes;

  @TempDir
  private Path temp;

  private Path folder;
  private Path file;
  private SessionStore store;

  @BeforeAll
  static void compile() {
    Path sources = classes.resolve("src");
    Trees.write(sources, "app/Saver.java", SAVER);
    Jdk.compileOnClassPath(sources, classes, List.of(Artifacts.jar("parsec-api")));
  }

  @BeforeEach
  void nameTheFile() {
    folder = temp.resolve("parsec");
    file = folder.resolve("session");
    store = store(KEY).build();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void isNeverTornByAHundredKills() throws Exception {
    Random random = new Random(97);
    long next = 0;
    for (int kill = 0; kill < 100; kill++) {
      Process saver = start(next, 1_000_000, 4_096);
      long saved = next - 1;
      try (BufferedReader lines = saver.inputReader()) {
        // killed while it saves the session after one of the first twenty
        for (int i = random.nextInt(20); i >= 0; i--) {
          saved = Long.parseLong(lines.readLine());
        }
        // by its handle, as the process itself would close its output too
        assertThat(saver.toHandle().destroyForcibly()).isTrue();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          saved = line.equals(Long.toString(saved + 1)) ? saved + 1 : saved;
        }
      }
      int unused = saver.waitFor();

      long stored = number();

      // the last one that was reported, or the one whose save was under way
      assertThat(stored).isBetween(saved, saved + 1);
      next = stored + 1;
    }

    store.save(session(next));

    assertThat(number()).isEqualTo(next);
    assertThat(names()).containsExactly("session", "session.lock", "session.lock-jvm");
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "a file cannot be replaced there while it is read")
  void losesNothingWhileTwoProcessesSaveFiveHundredTimes() throws Exception {
    store.save(session(0));
    Process one = start(1_000, 500, 64);
    Process two = start(2_000, 500, 64);
    CompletableFuture<List<String>> ofOne = lines(one);
    CompletableFuture<List<String>> ofTwo = lines(two);

    long lastOfOne = 0;
    long lastOfTwo = 0;
    while (!ofOne.isDone() || !ofTwo.isDone()) {
      long read = number();
      if (read >= 2_000) {
        assertThat(read).isGreaterThanOrEqualTo(lastOfTwo);
        lastOfTwo = read;
      } else {
        assertThat(read).isGreaterThanOrEqualTo(lastOfOne);
        lastOfOne = read == 0 ? lastOfOne : read;
      }
    }

    assertThat(ofOne.join()).hasSize(500).first().isEqualTo("1000");
    assertThat(ofOne.join()).last().isEqualTo("1499");
    assertThat(ofTwo.join()).hasSize(500).last().isEqualTo("2499");
    assertThat(number()).isIn(1_499L, 2_499L);
    assertThat(names()).containsExactly("session", "session.lock", "session.lock-jvm");
  }

  @Test
  void keepsOtherProcessesOutAlthoughAnotherThreadLookedAtTheLock() throws Exception {
    store.save(session(1));
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    SessionStore slow = store(salt -> {
          // before the lock is taken it is asked for what is stored, and for what is to be stored
          if (asked.incrementAndGet() == 3) {
            locked.countDown();
            await(release);
          }
          return new byte[32];
        })
        .build();
    CompletableFuture<Void> saving =
        CompletableFuture.runAsync(() -> slow.save(session(2)), Waiting.THREADS);
    await(locked);

    SessionStore impatient = store(KEY).timer(new RushedTimer()).build();
    assertThatThrownBy(() -> impatient.save(session(3)))
        .isInstanceOfSatisfying(
            SessionStoreException.class,
            e -> assertThat(e.kind()).isSameAs(SessionStoreException.Kind.CONFLICT));
    List<String> ofAnotherProcess = lines(start(4, 1, 64)).join();

    assertThat(ofAnotherProcess).first().isEqualTo("CONFLICT");
    release.countDown();
    saving.join();
    assertThat(number()).isEqualTo(2);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no such limit")
  void keepsTheOldSessionIfThereIsNoSpaceForTheNewOne() throws Exception {
    store.save(session(1));

    // at most 1 KiB in a file, as if the disk were full then
    Run.Result result = Run.program(Path.of("/bin/sh"))
        .args("-c", "ulimit -f 1; exec \"$@\"", "sh")
        .args(command(2, 1, 4_096).toArray(new String[0]))
        .start()
        .succeeded();

    assertThat(result.out()).startsWith("UNAVAILABLE\n" + file + " cannot be saved: ");
    assertThat(number()).isEqualTo(1);
    assertThat(names()).containsExactly("session", "session.lock", "session.lock-jvm");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "about POSIX permissions")
  void keepsTheOldSessionIfTheFolderIsReadOnly() throws Exception {
    store.save(session(1));
    Files.delete(folder.resolve("session.lock"));
    Files.delete(folder.resolve("session.lock-jvm"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));

    Run.Result result = unprivileged(command(2, 1, 64)).start().succeeded();

    assertThat(result.out()).startsWith("DENIED\n" + file + " cannot be saved: ");
    assertThat(number()).isEqualTo(1);
    assertThat(names()).containsExactly("session");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
  }

  private FileSessionStore.Builder store(KeySource key) {
    return FileSessionStore.builder(file)
        .service(ServiceAddress.DOCUMENTED)
        .account("dude@example.com")
        .key(key);
  }

  private static Session session(long number) {
    return Session.builder(SessionId.of("x")).userId(number).build();
  }

  private long number() {
    OptionalLong number = store.load().orElseThrow().userId();
    return number.orElseThrow();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> command(long first, long count, int length) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classes + File.pathSeparator + Artifacts.jar("parsec-api"),
        "app.Saver",
        file.toString(),
        Long.toString(first),
        Long.toString(count),
        Integer.toString(length));
  }

  private Process start(long first, long count, int length) throws IOException {
    return new ProcessBuilder(command(first, count, length))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static CompletableFuture<List<String>> lines(Process process) {
    return CompletableFuture.supplyAsync(
        () -> process.inputReader(StandardCharsets.UTF_8).lines().toList(), Waiting.THREADS);
  }

  /** Permissions do not bind a root that has kept its capabilities. */
  private static Run unprivileged(List<String> command) throws IOException {
    List<String> whole = new ArrayList<>();
    if (Files.getAttribute(classes, "unix:uid").equals(0)) {
      Path setpriv = Path.of("/usr/bin/setpriv");
      assumeTrue(
          Files.isExecutable(setpriv),
          "nothing here takes from root what makes it pass over permissions");
      whole.addAll(List.of(setpriv.toString(), "--bounding-set=-all", "--inh-caps=-all"));
    }
    whole.addAll(command);
    return Run.program(Path.of(whole.get(0)))
        .args(whole.subList(1, whole.size()).toArray(new String[0]));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A timer for which every wait is over at once. */
  private static final class RushedTimer implements Timer {
    private long nanos;

    @Override
    public synchronized long nanoTime() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
      nanos += delay.toNanos();
      task.run();
      return () -> {};
    }
  }
}
