// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parsec4j.api.SessionStoreException.Kind;
import io.parsec4j.api.fixture.Threads;
import io.parsec4j.api.fixture.VirtualTimer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSessionStoreTest {
  private static final String CANARY = "C4NARY";
  /** The session, the passphrase and the key, as text and as bytes might be printed. */
  private static final List<String> CANARY_FORMS =
      List.of(CANARY, "43344e415259", "43344E415259", "QzROQVJZ", "67, 52, 78, 65");

  private static final String ACCOUNT = "dude@example.com";
  private static final Session SESSION = Session.builder(SessionId.of(CANARY))
      .userId(7)
      .hostPeerId("peer")
      .instanceId("instance")
      .clientPeerId("client")
      .roles(List.of("host", "client"))
      .expiresAt(Instant.parse("2026-02-03T04:05:06Z"))
      .build();
  private static final Session OTHER = Session.of(SessionId.of("other"));

  @TempDir
  private Path temp;

  private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    folder = temp.resolve("parsec");
    file = folder.resolve("session");
  }

  private FileSessionStore.Builder unprotected() {
    return FileSessionStore.builder(file).service(ServiceAddress.DOCUMENTED).account(ACCOUNT);
  }

  private FileSessionStore.Builder sealed() {
    return unprotected().key(key(1));
  }

  private static KeySource key(int value) {
    byte[] key = CANARY.repeat(6).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
    key[31] = (byte) value;
    return KeySource.raw(key);
  }

  private SessionStoreException refused(Kind kind, ThrowingCallable call) {
    SessionStoreException thrown = catchThrowableOfType(SessionStoreException.class, call);
    assertThat(thrown).isNotNull();
    assertThat(thrown.kind()).isSameAs(kind);
    assertThat(thrown.getMessage()).contains(file.getFileName().toString());
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    assertThat(trace.toString()).doesNotContain(CANARY_FORMS).doesNotContain(ACCOUNT);
    return thrown;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.contains(".lock"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Nested
  class Keeping {
    @Test
    void isEmptyWhileThereIsNoFile() {
      assertThat(sealed().build().load()).isEmpty();

      assertThat(folder).doesNotExist();
    }

    @Test
    void isEmptyWhileTheFolderIsEmpty() throws IOException {
      Files.createDirectory(folder);

      assertThat(sealed().build().load()).isEmpty();

      assertThat(folder).isEmptyDirectory();
    }

    @Test
    void givesAllOfTheSessionToAnotherStoreWithTheSameKey() {
      sealed().build().save(SESSION);

      assertThat(sealed().build().load()).contains(SESSION);
    }

    @Test
    void givesAllOfTheSessionToAnotherStoreInPlain() {
      unprotected().ownerOnlyPlain().build().save(SESSION);

      assertThat(unprotected().ownerOnlyPlain().build().load()).contains(SESSION);
    }

    @Test
    void givesAllOfTheSessionToAnotherStoreWithTheSamePassphrase() {
      try (KeySource passphrase = KeySource.passphrase(CANARY.toCharArray())) {
        unprotected().key(passphrase).build().save(SESSION);
      }

      try (KeySource passphrase = KeySource.passphrase(CANARY.toCharArray())) {
        assertThat(unprotected().key(passphrase).build().load()).contains(SESSION);
      }
    }

    @Test
    void asksAnOwnSourceWithTheSaltOfTheFile() {
      List<byte[]> salts = new ArrayList<>();
      KeySource own = salt -> {
        salts.add(salt);
        return Arrays.copyOf(salt, 32);
      };
      unprotected().key(own).build().save(SESSION);
      unprotected().key(own).build().save(OTHER);

      assertThat(unprotected().key(own).build().load()).contains(OTHER);

      assertThat(salts).hasSizeGreaterThan(2).allMatch(salt -> Arrays.equals(salt, salts.get(0)));
    }

    @Test
    void drawsASaltForEachNewFile() throws IOException {
      sealed().build().save(SESSION);
      byte[] first = Files.readAllBytes(file);
      Files.delete(file);

      sealed().build().save(SESSION);

      assertThat(Arrays.copyOfRange(Files.readAllBytes(file), 10, 26))
          .isNotEqualTo(Arrays.copyOfRange(first, 10, 26));
    }

    @Test
    void replacesTheSessionBefore() throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);

      store.save(OTHER);

      assertThat(store.load()).contains(OTHER);
      assertThat(names()).containsExactly("session");
    }

    @Test
    void takesTheLongestSessionId() {
      Session longest = Session.of(SessionId.of("x".repeat(4_096)));
      SessionStore store = sealed().build();

      store.save(longest);

      assertThat(store.load()).contains(longest);
    }

    @Test
    void refusesASessionThatDoesNotFit() {
      SessionStore store = sealed().build();
      store.save(SESSION);
      Session tooLong =
          Session.builder(SessionId.of("x")).instanceId(CANARY.repeat(1_400)).build();

      assertThatThrownBy(() -> store.save(tooLong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("session must take 8192 bytes at most, with address and account");
      assertThat(store.load()).contains(SESSION);
    }

    @Test
    void refusesASessionThatIsNotUnicode() {
      Session broken =
          Session.builder(SessionId.of("x")).instanceId(CANARY + "\udc00").build();

      assertThatThrownBy(() -> sealed().build().save(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("session must be well-formed Unicode, with address and account")
          .hasNoCause();
    }

    @Test
    void hasTheSessionInClearOnlyIfItWasToldTo() throws IOException {
      sealed().build().save(SESSION);
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .startsWith("P4JS")
          .doesNotContain(CANARY, ACCOUNT);
      Files.delete(file);

      unprotected().ownerOnlyPlain().build().save(SESSION);
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
          .startsWith("P4JS")
          .contains(CANARY, ACCOUNT);
    }

    @Test
    void printsThePathAlone() {
      assertThat(sealed().build()).hasToString("FileSessionStore[" + file + "]");
    }
  }

  @Nested
  class Clearing {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links need a right of their own")
    void doesNotTakeAFolderThatCannotBeLookedIntoForNone() throws IOException {
      Path loop = temp.resolve("loop");
      Files.createSymbolicLink(loop, loop);
      SessionStore store = FileSessionStore.builder(loop.resolve("folder").resolve("session"))
          .service(ServiceAddress.DOCUMENTED)
          .account(ACCOUNT)
          .key(key(1))
          .build();

      assertThatThrownBy(store::clear)
          .isInstanceOfSatisfying(
              SessionStoreException.class, e -> assertThat(e.kind()).isSameAs(Kind.UNAVAILABLE));
    }

    @Test
    void tellsWhetherASessionWasThere() throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);

      assertThat(store.clear()).isTrue();
      assertThat(store.clear()).isFalse();

      assertThat(store.load()).isEmpty();
      assertThat(names()).isEmpty();
    }

    @Test
    void createsNoFolder() {
      assertThat(sealed().build().clear()).isFalse();

      assertThat(folder).doesNotExist();
    }

    @Test
    void keepsAsideWhatItCannotOpen() throws IOException {
      sealed().build().save(SESSION);
      byte[] content = Files.readAllBytes(file);

      assertThat(unprotected().key(key(2)).build().clear()).isFalse();

      assertThat(names()).containsExactly("session.corrupt-1");
      assertThat(folder.resolve("session.corrupt-1")).hasBinaryContent(content);
    }
  }

  @Nested
  class Corruption {
    private SessionStore store;

    @BeforeEach
    void save() {
      store = sealed().build();
      store.save(SESSION);
    }

    private void isCorrupt(SessionStore reader, String reason) throws IOException {
      byte[] content = Files.readAllBytes(file);

      SessionStoreException thrown = refused(Kind.CORRUPT, reader::load);

      assertThat(thrown)
          .hasMessage(file + " " + reason + "; the next save keeps it aside")
          .hasNoCause();
      assertThat(file).hasBinaryContent(content);
      reader.save(OTHER);
      assertThat(reader.load()).contains(OTHER);
      assertThat(folder.resolve("session.corrupt-1")).hasBinaryContent(content);
      assertThat(names()).containsExactly("session", "session.corrupt-1");
    }

    @Test
    void tellsAnotherKeyFromAnEmptyStore() throws IOException {
      isCorrupt(
          unprotected().key(key(2)).build(),
          "was sealed with another passphrase or key, or was damaged, which cannot be told apart");
    }

    @Test
    void tellsAnotherPassphrase() throws IOException {
      try (KeySource passphrase = KeySource.passphrase(CANARY.toCharArray());
          KeySource other = KeySource.passphrase((CANARY + CANARY).toCharArray())) {
        unprotected().key(passphrase).build().save(SESSION);
        Files.delete(folder.resolve("session.corrupt-1"));

        isCorrupt(
            unprotected().key(other).build(),
            "was sealed with another passphrase or key, or was damaged, which cannot be told apart");
      }
    }

    @Test
    void tellsAFlippedBit() throws IOException {
      byte[] content = Files.readAllBytes(file);
      content[content.length - 1] ^= 1;
      Files.write(file, content);

      isCorrupt(
          store,
          "was sealed with another passphrase or key, or was damaged, which cannot be told apart");
    }

    @Test
    void tellsAnEmptyFile() throws IOException {
      Files.write(file, new byte[0]);

      isCorrupt(store, "is not a session file, or was damaged");
    }

    @Test
    void tellsAFileOfSomethingElse() throws IOException {
      Files.writeString(file, "the rug really tied the room together, did it not?");

      isCorrupt(store, "is not a session file, or was damaged");
    }

    @Test
    void tellsAFileThatIsTooLong() throws IOException {
      Files.write(file, new byte[64 * 1024 + 1]);

      isCorrupt(store, "has more than 65536 bytes, which no session file has");
    }

    @Test
    void tellsALaterVersion() throws IOException {
      byte[] content = Files.readAllBytes(file);
      content[4] = 2;
      Files.write(file, content);

      isCorrupt(
          store,
          "has version 2 of the format, this library reads version 1; if a later one wrote it, update");
    }

    @Test
    void tellsAnUnknownProtection() throws IOException {
      byte[] content = Files.readAllBytes(file);
      content[5] = 77;
      Files.write(file, content);

      isCorrupt(store, "has an unknown kind of protection, or was damaged");
    }

    @Test
    void tellsAnotherAccount() throws IOException {
      isCorrupt(
          sealed().account("walter@example.com").build(),
          "has a session for another account; give each account a file of its own");
    }

    @Test
    void leavesTheSessionOfAnotherAccountWhenThatOfThisIsCleared() throws IOException {
      assertThat(sealed().account("walter@example.com").build().clear()).isFalse();

      assertThat(store.load()).contains(SESSION);
      assertThat(names()).containsExactly("session");
    }

    @Test
    void tellsAnotherAddress() throws IOException {
      isCorrupt(
          sealed().service(ServiceAddress.PARSEC_APP).build(),
          "has a session for another address of the service; give each address a file of its own");
    }

    @Test
    void takesNoFileInPlainWhereAKeyIsNeeded() throws IOException {
      SessionStore plain = unprotected().ownerOnlyPlain().build();
      assertThat(store.clear()).isTrue();
      plain.save(SESSION);

      isCorrupt(
          store,
          "was written by a store with ownerOnlyPlain(), this one has key(...) and another source than"
              + " a passphrase; to move its session, load and clear it there");
    }

    @Test
    void takesNoSealedFileInPlain() throws IOException {
      isCorrupt(
          unprotected().ownerOnlyPlain().build(),
          "was written by a store with key(...) and another source than a passphrase, this one has"
              + " ownerOnlyPlain(); to move its session, load and clear it there");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99_999, 10_000_001, -1})
    void refusesIterationsThatAreTooFewOrTooMany(int iterations) throws IOException {
      byte[] content = Files.readAllBytes(file);
      content[5] = 1;
      for (int i = 0; i < 4; i++) {
        content[6 + i] = (byte) (iterations >> (24 - 8 * i));
      }
      Files.write(file, content);
      try (KeySource passphrase = KeySource.passphrase(CANARY.toCharArray())) {
        SessionStore reader = unprotected().key(passphrase).build();

        assertThat(refused(Kind.CORRUPT, reader::load))
            .hasMessageContaining(
                "asks for a number of iterations that this library does not accept");
      }
    }

    @Test
    void numbersWhatIsKeptAside() throws IOException {
      for (int i = 2; i <= 4; i++) {
        unprotected().key(key(i)).build().save(OTHER);
      }

      assertThat(names())
          .containsExactly(
              "session", "session.corrupt-1", "session.corrupt-2", "session.corrupt-3");
    }

    @Test
    void keepsAsideAHundredFilesAndThenRefuses() throws IOException {
      for (int i = 1; i <= 100; i++) {
        Files.createFile(folder.resolve("session.corrupt-" + i));
      }
      byte[] content = Files.readAllBytes(file);
      SessionStore other = unprotected().key(key(2)).build();

      assertThat(refused(Kind.CORRUPT, () -> other.save(OTHER)))
          .hasMessageContaining("100 such files were kept aside already");

      assertThat(file).hasBinaryContent(content);
      assertThat(names()).hasSize(101);
      assertThat(store.load()).contains(SESSION);
    }
  }

  @Nested
  class Sources {
    @Test
    void mustNotGiveNull() {
      SessionStore store = unprotected().key(salt -> null).build();

      assertThatThrownBy(() -> store.save(SESSION))
          .isInstanceOfSatisfying(
              SessionStoreException.class, e -> assertThat(e.kind()).isSameAs(Kind.UNAVAILABLE))
          .hasMessage("the key source must give 32 bytes, gave null");
    }

    @Test
    void mustGiveThirtyTwoBytes() {
      SessionStore store = unprotected().key(salt -> new byte[16]).build();

      assertThatThrownBy(() -> store.save(SESSION))
          .isInstanceOfSatisfying(
              SessionStoreException.class, e -> assertThat(e.kind()).isSameAs(Kind.UNAVAILABLE))
          .hasMessage("the key source must give 32 bytes, gave 16");
      assertThat(file).doesNotExist();
    }

    @Test
    void failWithTheirOwnErrors() {
      IllegalStateException locked = new IllegalStateException("the keyring is locked");
      SessionStore store = unprotected()
          .key(salt -> {
            throw locked;
          })
          .build();

      assertThatThrownBy(() -> store.save(SESSION)).isSameAs(locked);
      assertThat(file).doesNotExist();
    }

    @Test
    void haveTheirArrayOverwritten() {
      List<byte[]> given = new ArrayList<>();
      SessionStore store = unprotected()
          .key(salt -> {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) 9);
            given.add(key);
            return key;
          })
          .build();

      store.save(SESSION);

      assertThat(given).isNotEmpty().allSatisfy(key -> assertThat(key).containsOnly(0));
    }
  }

  @Nested
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "about POSIX permissions")
  class Permissions {
    private void chmod(Path path, String permissions) throws IOException {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private String mode(Path path) throws IOException {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void areTheOwnersAloneOfAllThatIsCreated() throws IOException {
      file = folder.resolve("deep/er/session");

      sealed().build().save(SESSION);

      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(file.getParent())).isEqualTo("rwx------");
      try (Stream<Path> files = Files.list(file.getParent())) {
        assertThat(files)
            .hasSize(3)
            .allSatisfy(path -> assertThat(mode(path)).isEqualTo("rw-------"));
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-r-----", "rw--w----", "rw-----w-"})
    void ofAFileThatIsOpenToOthersAreRefused(String permissions) throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);
      chmod(file, permissions);
      byte[] content = Files.readAllBytes(file);

      assertThat(refused(Kind.DENIED, store::load))
          .hasMessage(file.toRealPath() + " is open to others (" + permissions
              + "); remove it and sign in again, or run chmod 600 on it if you know that nobody has"
              + " read it");
      assertThat(refused(Kind.DENIED, () -> store.save(OTHER))).hasNoCause();
      assertThat(refused(Kind.DENIED, store::clear)).hasNoCause();
      assertThat(file).hasBinaryContent(content);
      chmod(file, "rw-------");
      assertThat(store.load()).contains(SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void ofAFolderThatOthersCanWriteToAreRefused(String permissions) throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);
      chmod(folder, permissions);
      file = folder;

      assertThat(refused(Kind.DENIED, store::load))
          .hasMessage(folder.toRealPath() + " can be written to by others (" + permissions
              + "); run chmod go-w on it, or use a folder of its own");
      assertThat(refused(Kind.DENIED, () -> store.save(OTHER))).hasNoCause();
      assertThat(refused(Kind.DENIED, store::clear)).hasNoCause();
      chmod(folder, "rwxr-xr-x");
      assertThat(store.load()).contains(SESSION);
    }

    @Test
    void ofASymbolicLinkAreRefused() throws IOException {
      Path target = temp.resolve("target");
      sealed().build().save(SESSION);
      Files.move(file, target);
      Files.createSymbolicLink(file, target);
      SessionStore store = sealed().build();

      assertThat(refused(Kind.DENIED, store::load))
          .hasMessage(file.toRealPath(LinkOption.NOFOLLOW_LINKS)
              + " is a symbolic link; name the file itself");
      assertThat(refused(Kind.DENIED, () -> store.save(OTHER))).hasNoCause();
      assertThat(refused(Kind.DENIED, store::clear)).hasNoCause();
      assertThat(Files.isSymbolicLink(file)).isTrue();
    }

    @Test
    void ofALinkToNothingAreRefused() throws IOException {
      Files.createDirectory(folder);
      Files.createSymbolicLink(file, temp.resolve("nothing"));

      assertThat(refused(Kind.DENIED, () -> sealed().build().save(SESSION))).hasNoCause();

      assertThat(temp.resolve("nothing")).doesNotExist();
    }

    @Test
    void ofAFolderInThePlaceOfTheFileAreRefused() throws IOException {
      Files.createDirectories(file);

      assertThat(refused(Kind.DENIED, sealed().build()::load))
          .hasMessageEndingWith(" is not a regular file; name another one");
    }

    @Test
    void ofALinkToTheFolderAreThoseOfTheFolder() throws IOException {
      Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
      Files.createDirectory(folder);
      FileSessionStore throughLink = FileSessionStore.builder(link.resolve("session"))
          .service(ServiceAddress.DOCUMENTED)
          .account(ACCOUNT)
          .key(key(1))
          .build();

      throughLink.save(SESSION);

      assertThat(throughLink.load()).contains(SESSION);
      assertThat(sealed().build().load()).contains(SESSION);
    }

    @Test
    void ofAFileOfAnotherUserAreRefused() throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);
      changeOwner(file);

      assertThat(refused(Kind.DENIED, store::load))
          .hasMessageContaining(" belongs to ")
          .hasMessageEndingWith("; use a file and a folder of that user");
      assertThat(refused(Kind.DENIED, () -> store.save(OTHER))).hasNoCause();
    }

    @Test
    void ofAFolderOfAnotherUserAreRefused() throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);
      changeOwner(folder);
      file = folder;

      assertThat(refused(Kind.DENIED, store::load)).hasMessageContaining(" belongs to ");
    }

    private void changeOwner(Path path) throws IOException {
      assumeTrue(
          Files.getAttribute(temp, "unix:uid").equals(0),
          "only root can give a file away; the"
              + " rule itself is tested for all in StoredFileTest");
      UserPrincipal nobody =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("65534");
      Files.setOwner(path, nobody);
    }
  }

  @Nested
  class Trouble {
    @Test
    void isToldIfTheFolderIsAFile() throws IOException {
      Files.createFile(folder);
      SessionStore store = sealed().build();

      assertThat(refused(Kind.UNAVAILABLE, () -> store.save(SESSION)))
          .hasMessage(file + " cannot be saved: " + folder.toRealPath() + ": not a folder")
          .hasCauseInstanceOf(IOException.class);
      assertThat(folder).isEmptyFile();
    }

    @Test
    void ofEarlierRunsIsRemoved() throws IOException {
      SessionStore store = sealed().build();
      store.save(SESSION);
      Files.createFile(folder.resolve("session.0123456789abcdef.tmp"));
      Files.createFile(folder.resolve("session.fedcba9876543210.tmp"));
      Files.createFile(folder.resolve("session.notours.tmp"));
      Files.createFile(folder.resolve("another.0123456789abcdef.tmp"));

      store.save(OTHER);

      assertThat(names())
          .containsExactly("another.0123456789abcdef.tmp", "session", "session.notours.tmp");
    }

    @Test
    void ofAnInterruptIsToldAndLeavesTheFileAsItIs() throws Exception {
      SessionStore store = sealed().build();
      store.save(SESSION);

      Threads.Running<Object> saving = Threads.start(() -> {
        Thread.currentThread().interrupt();
        return refused(Kind.UNAVAILABLE, () -> store.save(OTHER));
      });

      assertThat(saving.await()).isCompleted();
      assertThat(saving.interruptedAtEnd()).isTrue();
      assertThat(store.load()).contains(SESSION);
      assertThat(names()).containsExactly("session");
    }
  }

  @Nested
  class Concurrency {
    private final VirtualTimer timer = new VirtualTimer();
    private FileSessionStore store;

    @BeforeEach
    void buildInVirtualTime() {
      store = sealed().timer(timer).build();
    }

    private FileChannel hold(String name) throws IOException {
      FileChannel channel = FileChannel.open(
          folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      assertThat(channel.lock().isValid()).isTrue();
      return channel;
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.lock", "session.lock-jvm"})
    void endsWithAConflictAfterFiveSeconds(String lock) throws Exception {
      store.save(SESSION);
      try (FileChannel held = hold(lock)) {
        Threads.Running<Object> saving =
            Threads.start(() -> refused(Kind.CONFLICT, () -> store.save(OTHER)));
        Threads.await(() -> timer.pending() > 0);
        while (timer.elapsed().compareTo(Duration.ofMillis(4_900)) < 0) {
          assertThat(timer.runNext()).isTrue();
          Threads.await(() -> timer.pending() > 0);
        }
        assertThat(saving.thread().isAlive()).isTrue();
        while (timer.elapsed().compareTo(Duration.ofSeconds(5)) < 0) {
          Threads.await(() -> timer.pending() > 0);
          assertThat(timer.runNext()).isTrue();
        }

        assertThat(saving.await())
            .isCompletedWithValueMatching(thrown -> ((Throwable) thrown)
                .getMessage()
                .endsWith("session.lock was held by others for 5 s; try again"));
        assertThat(held.isOpen()).isTrue();
      }
      assertThat(store.load()).contains(SESSION);
      assertThat(timer.pending()).isZero();
    }

    @Test
    void goesOnWhenTheOthersHaveFinished() throws Exception {
      store.save(SESSION);
      Threads.Running<Object> saving;
      try (FileChannel held = hold("session.lock")) {
        saving = Threads.start(() -> {
          store.save(OTHER);
          return OTHER;
        });
        Threads.await(() -> timer.pending() > 0);
        assertThat(held.isOpen()).isTrue();
      }

      timer.advance(Duration.ofMillis(25));

      assertThat(saving.await()).isCompletedWithValue(OTHER);
      assertThat(store.load()).contains(OTHER);
    }

    @Test
    void doesNotKeepReadersOut() throws IOException {
      store.save(SESSION);
      try (FileChannel held = hold("session.lock")) {
        assertThat(store.load()).contains(SESSION);
        assertThat(held.isOpen()).isTrue();
      }
    }

    @Test
    void endsAtAnInterrupt() throws Exception {
      store.save(SESSION);
      try (FileChannel held = hold("session.lock")) {
        Threads.Running<Object> saving =
            Threads.start(() -> refused(Kind.UNAVAILABLE, () -> store.save(OTHER)));
        Threads.await(() -> timer.pending() > 0);

        saving.thread().interrupt();

        assertThat(saving.await()).isCompleted();
        assertThat(saving.interruptedAtEnd()).isTrue();
        assertThat(timer.pending()).isZero();
        assertThat(held.isOpen()).isTrue();
      }
      assertThat(store.load()).contains(SESSION);
    }

    @Test
    @DisabledOnOs(
        value = OS.WINDOWS,
        disabledReason = "a file cannot be replaced there while it is read")
    void letsThreadsAndStoresWriteInTurn() throws Exception {
      List<SessionStore> stores =
          List.of(sealed().build(), sealed().build(), sealed().build(), sealed().build());
      CountDownLatch begin = new CountDownLatch(1);
      List<Threads.Running<Optional<Session>>> writers = IntStream.range(0, 8)
          .mapToObj(i -> Threads.start(() -> {
            SessionStore own = stores.get(i % stores.size());
            begin.await();
            Optional<Session> seen = Optional.empty();
            for (int n = 0; n < 10; n++) {
              own.save(Session.builder(SessionId.of("x")).userId(i).build());
              seen = own.load();
            }
            return seen;
          }))
          .collect(Collectors.toList());

      begin.countDown();

      for (Threads.Running<Optional<Session>> writer : writers) {
        assertThat(writer.await().join()).isPresent();
      }
      assertThat(names()).containsExactly("session");
    }
  }

  @Nested
  class Building {
    @Test
    void needsAWayToProtectTheFile() {
      assertThatThrownBy(() -> unprotected().build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("a session store needs to know how to protect its file; call key(...), or"
              + " ownerOnlyPlain() if the permissions of the file are enough");
    }

    @Test
    void refusesTwoWaysToProtectTheFile() {
      assertThatThrownBy(() -> sealed().ownerOnlyPlain().build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessage("key(...) and ownerOnlyPlain() exclude each other; call one of them");
    }

    @Test
    void needsAnAddress() {
      assertThatThrownBy(() ->
              FileSessionStore.builder(file).account(ACCOUNT).ownerOnlyPlain().build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessageContaining("call service(...) or baseUri(...)");
    }

    @Test
    void needsAnAccount() {
      assertThatThrownBy(() -> FileSessionStore.builder(file)
              .service(ServiceAddress.DOCUMENTED)
              .ownerOnlyPlain()
              .build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessageContaining("call account(...)");
    }

    @Test
    void needsTheNameOfAFile() {
      assertThatThrownBy(() -> FileSessionStore.builder(temp.getRoot())
              .service(ServiceAddress.DOCUMENTED)
              .account(ACCOUNT)
              .ownerOnlyPlain()
              .build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessageEndingWith(" is not the name of a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000"})
    void refusesAnAccountThatIsBlankOrHasControlCharacters(String account) {
      assertThatThrownBy(() -> unprotected().account(account))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("account must not be blank, have control characters, or be longer than 320"
              + " characters");
    }

    @Test
    void refusesAnAccountThatIsTooLong() {
      assertThatCode(() -> unprotected().account("x".repeat(320))).doesNotThrowAnyException();
      assertThatThrownBy(() -> unprotected().account("x".repeat(321)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnAddressThatIsNone() {
      assertThatThrownBy(
              () -> sealed().baseUri(URI.create("https://a:b@example.com")).build())
          .isInstanceOf(ParsecConfigurationException.class)
          .hasMessageStartingWith("baseUri must have no user info");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://kessel-api.parsecgaming.com/",
          "HTTPS://Kessel-API.parsecgaming.com",
          "https://kessel-api.parsecgaming.com:443"
        })
    void takesSpellingsOfAnAddressForOne(String address) {
      sealed().build().save(SESSION);

      assertThat(sealed().baseUri(URI.create(address)).build().load()).contains(SESSION);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://kessel-api.parsecgaming.com",
          "https://kessel-api.parsecgaming.com:80",
          "https://kessel-api.parsecgaming.com/v2",
          "https://parsecgaming.com"
        })
    void takesOtherAddressesForOthers(String address) {
      sealed().build().save(SESSION);

      assertThat(refused(Kind.CORRUPT, sealed().baseUri(URI.create(address)).build()::load))
          .hasMessageContaining("another address");
    }
  }
}
