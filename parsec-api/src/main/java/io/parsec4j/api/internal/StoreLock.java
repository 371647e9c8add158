// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.SessionStoreException.Kind;
import io.parsec4j.api.spi.Timer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Lets one writer at a time be at work, in this JVM and in others.
 *
 * <p>A lock on a file keeps other processes out. On POSIX systems, though, a process loses its locks on a file as soon
 * as it closes any of its channels to that file, so that a thread which only looked whether the lock is free would take
 * it from another. Therefore a thread must hold the lock on a second file before it opens the first. Losing that one
 * does no harm: within a JVM the JDK itself keeps account of it, for all class loaders, and other processes are kept
 * out by the first.
 */
final class StoreLock {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(25);

  private final Path withinJvm;
  private final Path amongProcesses;
  private final FileAttribute<?> ownerOnly;
  private final Timer timer;

  StoreLock(Path file, FileAttribute<?> ownerOnly, Timer timer) {
    this.withinJvm = file.resolveSibling(file.getFileName() + ".lock-jvm");
    this.amongProcesses = file.resolveSibling(file.getFileName() + ".lock");
    this.ownerOnly = ownerOnly;
    this.timer = timer;
  }

  <T> T whileHeld(IoAction<T> action) throws IOException {
    long begin = timer.nanoTime();
    while (true) {
      // Closing a channel unlocks its file.
      try (FileChannel inner = open(withinJvm)) {
        if (locks(inner)) {
          try (FileChannel outer = open(amongProcesses)) {
            if (locks(outer)) {
              return action.run();
            }
          }
        }
      }
      if (timer.nanoTime() - begin >= PATIENCE.toNanos()) {
        throw new SessionStoreException(
            amongProcesses + " was held by others for " + PATIENCE.toSeconds() + " s; try again",
            Kind.CONFLICT);
      }
      pause();
    }
  }

  private FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
        ownerOnly);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void pause() {
    CountDownLatch over = new CountDownLatch(1);
    Timer.Task end = timer.schedule(
        LONGEST_PAUSE.minusNanos((long) (timer.random() * LONGEST_PAUSE.toNanos())),
        over::countDown);
    try {
      over.await();
    } catch (InterruptedException e) {
      end.cancel();
      Thread.currentThread().interrupt();
      throw new SessionStoreException(
          "the thread was interrupted while it waited for " + amongProcesses, Kind.UNAVAILABLE);
    }
  }
}
