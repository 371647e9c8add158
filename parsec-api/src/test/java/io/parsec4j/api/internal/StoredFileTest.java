// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.SessionStoreException.Kind;
import io.parsec4j.api.fixture.VirtualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What another user or another process would have to do for it to happen. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "about POSIX permissions")
class StoredFileTest {
  @TempDir
  private Path folder;

  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = folder.resolve("session");
  }

  @Test
  void refusesFilesAndFoldersOfAnotherUser() throws IOException {
    UserPrincipal stranger = () -> "stranger";
    StoredFile file = new StoredFile(path, new VirtualTimer(), new PosixOwnerOnly(() -> stranger));
    Path unused = Files.write(path, new byte[] {1});

    SessionStoreException thrown = catchThrowableOfType(SessionStoreException.class, file::read);

    assertThat(thrown.kind()).isSameAs(Kind.DENIED);
    assertThat(thrown)
        .hasMessage(
            folder.toRealPath() + " belongs to " + Files.getOwner(folder).getName()
                + ", but this program runs as stranger; use a file and a folder of that user");
    assertThatThrownBy(() -> new PosixOwnerOnly(() -> stranger).checkFile(path))
        .isInstanceOf(SessionStoreException.class)
        .hasMessageStartingWith(path + " belongs to ");
  }

  @Test
  void readsAgainWhatWasReplacedWhileItWasRead() throws IOException {
    StoredFile file = new StoredFile(path, new VirtualTimer(), new Replacing(3));
    file.replace(new byte[] {0}, false);

    assertThat(file.read()).contains(new byte[] {3});
  }

  @Test
  void givesUpOnWhatIsReplacedAgainAndAgain() throws IOException {
    StoredFile file = new StoredFile(path, new VirtualTimer(), new Replacing(Integer.MAX_VALUE));
    file.replace(new byte[] {0}, false);

    SessionStoreException thrown = catchThrowableOfType(SessionStoreException.class, file::read);

    assertThat(thrown.kind()).isSameAs(Kind.CONFLICT);
    assertThat(thrown).hasMessage(path + " was replaced each of 100 times that it was read");
  }

  @Test
  void isEmptyIfTheFileGoesWhileItIsRead() throws IOException {
    StoredFile file = new StoredFile(path, new VirtualTimer(), new Vanishing());
    file.replace(new byte[] {1}, false);
    assertThat(path).exists();

    assertThat(file.read()).isEmpty();
  }

  @Test
  void removesWhatItCouldNotFinish() throws IOException {
    StoredFile good = new StoredFile(path, new VirtualTimer());
    good.replace(new byte[] {1}, false);
    StoredFile bad = new StoredFile(path, new VirtualTimer(), new Keeping());

    assertThatThrownBy(() -> bad.replace(new byte[] {2}, false))
        .isInstanceOf(SessionStoreException.class)
        .hasMessageEndingWith(".tmp keeps no permissions");

    assertThat(good.read()).contains(new byte[] {1});
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  @Test
  void forcesEachFolderThatHasANewName() throws IOException {
    Recording recording = new Recording();
    path = folder.resolve("deep/er/session");
    StoredFile file = new StoredFile(path, new VirtualTimer(), recording);

    file.createFolder();
    file.replace(new byte[] {1}, false);
    file.replace(new byte[] {2}, true);
    file.delete();

    assertThat(recording.forced)
        .containsExactly(
            folder + " with [deep]",
            folder.resolve("deep") + " with [er]",
            path.getParent() + " with [session]",
            path.getParent() + " with [session.corrupt-1]",
            path.getParent() + " with [session, session.corrupt-1]",
            path.getParent() + " with [session.corrupt-1]");
  }

  /** Does what POSIX systems do, unless overridden. */
  private static class Posix implements OwnerOnly {
    private final OwnerOnly posix = new PosixOwnerOnly(new CurrentUser());

    @Override
    public FileAttribute<?> ofFolder() throws IOException {
      return posix.ofFolder();
    }

    @Override
    public FileAttribute<?> ofFile() throws IOException {
      return posix.ofFile();
    }

    @Override
    public void secure(Path file) throws IOException {
      posix.secure(file);
    }

    @Override
    public void checkFolder(Path folder) throws IOException {
      posix.checkFolder(folder);
    }

    @Override
    public BasicFileAttributes checkFile(Path file) throws IOException {
      return posix.checkFile(file);
    }

    @Override
    public void force(Path folder) throws IOException {
      posix.force(folder);
    }
  }

  /** Another process replaces the file each time that it was looked at. */
  private static final class Replacing extends Posix {
    private final int times;
    private int replaced;

    Replacing(int times) {
      this.times = times;
    }

    @Override
    public BasicFileAttributes checkFile(Path file) throws IOException {
      BasicFileAttributes attributes = super.checkFile(file);
      if (replaced < times) {
        replaced++;
        new StoredFile(file, new VirtualTimer()).replace(new byte[] {(byte) replaced}, false);
      }
      return attributes;
    }
  }

  /** Notes what names there are when they are made durable. */
  private static final class Recording extends Posix {
    private final List<String> forced = new ArrayList<>();

    @Override
    public void force(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        forced.add(folder + " with "
            + files
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".tmp"))
                .sorted()
                .collect(Collectors.toList()));
      }
    }
  }

  /** Another process removes the file when it was looked at. */
  private static final class Vanishing extends Posix {
    @Override
    public BasicFileAttributes checkFile(Path file) throws IOException {
      BasicFileAttributes attributes = super.checkFile(file);
      Files.delete(file);
      return attributes;
    }
  }

  /** A file system on which permissions cannot be set. */
  private static final class Keeping extends Posix {
    @Override
    public void secure(Path file) throws IOException {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
      throw FileRules.denied(file, "keeps no permissions");
    }
  }
}
