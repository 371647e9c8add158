// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.SessionStoreException.Kind;
import io.parsec4j.api.spi.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A small file that is only read and replaced as a whole.
 *
 * <p>What is checked before a file is opened could change before it is; Java cannot ask an open file. That nobody but
 * the user and the administrator can change names in the folder is what keeps others from using this gap; that the path
 * leads to the same file before and after shows that no other process of the user has replaced it meanwhile.
 */
public final class StoredFile {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_READS = 100;
  private static final int MAX_KEPT_ASIDE = 100;

  private final Path path;
  private final Path folder;
  private final Timer timer;
  private final OwnerOnly ownerOnly;

  public StoredFile(Path path, Timer timer) {
    this(path, timer, OwnerOnly.on(path));
  }

  StoredFile(Path path, Timer timer, OwnerOnly ownerOnly) {
    this.path = path.toAbsolutePath();
    Path parent = this.path.getParent();
    if (parent == null) {
      throw new ParsecConfigurationException(path + " is not the name of a file");
    }
    this.folder = parent;
    this.timer = timer;
    this.ownerOnly = ownerOnly;
  }

  /** Returns whether there is a folder; throws if that cannot be told, which Files.exists would take for none. */
  public boolean hasFolder() throws IOException {
    try {
      BasicFileAttributes unused = Files.readAttributes(folder, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Creates what is missing of the path to the folder, durably. */
  public void createFolder() throws IOException {
    create(folder);
  }

  private void create(Path missing) throws IOException {
    Path parent = missing.getParent();
    if (parent != null && !Files.exists(missing)) {
      create(parent);
      Path unused = Files.createDirectories(missing, ownerOnly.ofFolder());
      ownerOnly.force(parent);
    }
  }

  /** Returns the content; empty if there is no file. */
  public Optional<byte[]> read() throws IOException {
    for (int i = 0; i < MAX_READS; i++) {
      try {
        Path file = checked();
        BasicFileAttributes before = ownerOnly.checkFile(file);
        byte[] content;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
          content = in.readNBytes(MAX_BYTES + 1);
        }
        if (content.length > MAX_BYTES) {
          throw new CorruptSessionException(
              "has more than " + MAX_BYTES + " bytes, which no session file has");
        }
        if (Objects.equals(before.fileKey(), ownerOnly.checkFile(file).fileKey())) {
          return Optional.of(content);
        }
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    }
    throw new SessionStoreException(
        path + " was replaced each of " + MAX_READS + " times that it was read", Kind.CONFLICT);
  }

  /** Does something while nobody else does so, after what others have left unfinished was removed. */
  public <T> T whileLocked(IoAction<T> action) throws IOException {
    Path file = checked();
    return new StoreLock(file, ownerOnly.ofFile(), timer).whileHeld(() -> {
      removeLeftovers(file);
      return action.run();
    });
  }

  /**
   * Puts new content in the place of the old, durably; at any moment, one of both is there.
   *
   * @param keepOld whether the old one is renamed before; then there is a moment without either
   */
  public void replace(byte[] content, boolean keepOld) throws IOException {
    Path file = checked();
    Path temporary = file.resolveSibling(String.format(
        "%s.%016x.tmp", file.getFileName(), ThreadLocalRandom.current().nextLong()));
    try {
      write(temporary, content);
      if (keepOld) {
        keepAside();
      }
      Path unused = Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      try {
        boolean unused = Files.deleteIfExists(temporary);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    ownerOnly.force(folder);
  }

  private void write(Path temporary, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(
        temporary,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        ownerOnly.ofFile())) {
      ownerOnly.secure(temporary);
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        int unused = channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Renames the file, so that it makes place and is not lost. */
  public void keepAside() throws IOException {
    Path file = checked();
    for (int i = 1; i <= MAX_KEPT_ASIDE; i++) {
      Path aside = file.resolveSibling(file.getFileName() + ".corrupt-" + i);
      if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
        Path unused = Files.move(file, aside);
        ownerOnly.force(folder);
        return;
      }
    }
    throw new SessionStoreException(
        path + " cannot be opened, and " + MAX_KEPT_ASIDE + " such files were kept aside already;"
            + " look at " + path + ".corrupt-1 and so on, and remove them",
        Kind.CORRUPT);
  }

  public void delete() throws IOException {
    Files.delete(checked());
    ownerOnly.force(folder);
  }

  /** Returns the file in its real folder, which is checked each time as it can change while the program runs. */
  private Path checked() throws IOException {
    Path real = folder.toRealPath();
    ownerOnly.checkFolder(real);
    return real.resolve(path.getFileName());
  }

  private static void removeLeftovers(Path file) throws IOException {
    Pattern temporary =
        Pattern.compile(Pattern.quote(file.getFileName().toString()) + "\\.[0-9a-f]{16}\\.tmp");
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
        file.getParent(),
        entry -> temporary.matcher(entry.getFileName().toString()).matches())) {
      for (Path leftover : leftovers) {
        boolean unused = Files.deleteIfExists(leftover);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** {@return where the file is} */
  @Override
  public String toString() {
    return path.toString();
  }
}
