// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.SessionStoreException.Kind;
import io.parsec4j.api.internal.BaseAddress;
import io.parsec4j.api.internal.CorruptSessionException;
import io.parsec4j.api.internal.IoAction;
import io.parsec4j.api.internal.SessionPayload;
import io.parsec4j.api.internal.SessionSeal;
import io.parsec4j.api.internal.StoredFile;
import io.parsec4j.api.spi.Timer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session of one account in one file, sealed with AES-256-GCM by a key that the application provides, and
 * accessible to its owner alone.
 *
 * <pre>{@code
 * return FileSessionStore.builder(file)
 *     .service(ServiceAddress.PARSEC_APP)
 *     .account(email)
 *     .key(key)
 *     .build();
 * }</pre>
 *
 * <p>A session is returned only to a store with the key, the account and the address that it was saved with; all else
 * is told by a {@link SessionStoreException} and never taken for an empty store. The file is replaced as a whole and is
 * on disk when {@link #save(Session)} returns: whatever happens meanwhile, a load finds the old session or the new one.
 * Several processes and several stores may use one file: who writes waits for at most five seconds until others have
 * written, who reads does not wait.
 *
 * <p>The folder is created if it is missing, accessible to its owner alone; one that others can write to is refused,
 * and so are symbolic links, files of other users and files that others can read. A file that cannot be opened is left
 * as it is by a load; the next save renames it to {@code NAME.corrupt-1} and so on, up to 100, and nothing ever deletes
 * those.
 *
 * <p>It protects against other users of the machine and, with a key that is kept elsewhere, against who gets hold of
 * the file. It does not protect against programs of the same user, a debugger or the administrator. Safe for use by
 * several threads. Who the user is, the store finds out by a file in {@code java.io.tmpdir}, which it deletes at once.
 * A thread that is interrupted gets kind {@link Kind#UNAVAILABLE}, and its interrupt flag stays set.
 *
 * @see KeySource
 */
public final class FileSessionStore implements SessionStore {
  private final StoredFile file;
  private final SessionPayload payload;
  private final SessionSeal seal;
  private final Timer timer;

  private FileSessionStore(StoredFile file, SessionPayload payload, SessionSeal seal, Timer timer) {
    this.file = file;
    this.payload = payload;
    this.seal = seal;
    this.timer = timer;
  }

  /**
   * Starts a store. Address, account and one of {@link Builder#key(KeySource)} and {@link Builder#ownerOnlyPlain()}
   * have to be told.
   *
   * @param file where the session is kept; beside it lie files of the same name with {@code .lock}, {@code .lock-jvm}
   *     and {@code .corrupt-1} and so on added. Best in a folder of its own in the user's home
   * @return a builder
   */
  public static Builder builder(Path file) {
    return new Builder(file);
  }

  /**
   * {@inheritDoc}
   *
   * @throws SessionStoreException {@link Kind#CORRUPT} if the file was damaged, the key is another one, or the session
   *     is for another account or address; {@link Kind#DENIED} if the file, or the folder, is not the user's own or is
   *     open to others; {@link Kind#UNAVAILABLE} if it cannot be read
   * @throws RuntimeException what the {@link KeySource} throws
   */
  @Override
  public Optional<Session> load() {
    return attempt("read", this::stored);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the session has a text that is not well-formed Unicode, or takes more than 8
   *     KiB
   * @throws SessionStoreException {@link Kind#DENIED} if the file, or the folder, is not the user's own or is open to
   *     others; {@link Kind#CONFLICT} if others kept the file locked for five seconds; {@link Kind#UNAVAILABLE} if it
   *     cannot be written; {@link Kind#CORRUPT} if 100 files were kept aside already
   * @throws RuntimeException what the {@link KeySource} throws
   */
  @Override
  public void save(Session session) {
    byte[] plain = payload.encode(requireNonNull(session, "session"), timer.now());
    boolean unused = attempt("saved", () -> {
      file.createFolder();
      deriveKey();
      return exchange(Optional.of(seal.seal(plain)));
    });
  }

  /**
   * {@inheritDoc} A file that cannot be opened is kept aside, one with a session for another account or address is left
   * as it is; neither counts.
   *
   * @throws SessionStoreException as {@link #save(Session)} does
   * @throws RuntimeException what the {@link KeySource} throws
   */
  @Override
  public boolean clear() {
    return attempt("removed", () -> {
      if (!file.hasFolder()) {
        return false;
      }
      deriveKey();
      return exchange(Optional.empty());
    });
  }

  private Optional<Session> stored() throws IOException {
    Optional<byte[]> bytes = file.read();
    return bytes.isPresent()
        ? Optional.of(payload.decode(seal.open(bytes.get())))
        : Optional.empty();
  }

  /** Makes the seal know the key of what is stored: if that takes seconds, nobody is to be locked out meanwhile. */
  private void deriveKey() throws IOException {
    try {
      boolean unused = stored().isPresent();
    } catch (CorruptSessionException e) {
      // Looked at again, and kept aside, under the lock.
    }
  }

  /**
   * Puts other content or none in the place of what is stored, and returns whether that was a session of this store.
   */
  private boolean exchange(Optional<byte[]> content) throws IOException {
    return file.whileLocked(() -> {
      boolean ours = false;
      boolean other = false;
      boolean damaged = false;
      try {
        ours = stored().isPresent();
      } catch (CorruptSessionException e) {
        other = true;
        damaged = !e.isIntact();
      }
      if (content.isPresent()) {
        file.replace(content.get(), other);
      } else if (damaged) {
        file.keepAside();
      } else if (ours) {
        file.delete();
      }
      return ours;
    });
  }

  private <T> T attempt(String what, IoAction<T> action) {
    try {
      return action.run();
    } catch (CorruptSessionException e) {
      throw new SessionStoreException(
          file + " " + e.getMessage() + "; the next save keeps it aside", Kind.CORRUPT);
    } catch (AccessDeniedException e) {
      throw new SessionStoreException(
          file + " cannot be " + what + ": access to " + e.getMessage() + " was denied; check the"
              + " permissions of the file and its folder",
          Kind.DENIED,
          e);
    } catch (IOException e) {
      throw new SessionStoreException(
          file + " cannot be " + what + ": " + (e.getMessage() == null ? e : e.getMessage()),
          Kind.UNAVAILABLE,
          e);
    }
  }

  /** {@return where the file is} */
  @Override
  public String toString() {
    return "FileSessionStore[" + file + "]";
  }

  /** Collects what a store is told; not safe for use by several threads. */
  public static final class Builder {
    private static final int MAX_ACCOUNT = 320;

    private final Path file;
    private @Nullable URI address;
    private @Nullable String account;
    private @Nullable KeySource key;
    private boolean plain;
    private Timer timer = Timer.system();

    private Builder(Path file) {
      this.file = requireNonNull(file, "file");
    }

    /**
     * Sets the address of the service that the session is for, by name.
     *
     * @param address the addresses that the client has
     * @return this builder
     */
    public Builder service(ServiceAddress address) {
      return baseUri(requireNonNull(address, "address").hostsUri());
    }

    /**
     * Sets the address of the service that the session is for.
     *
     * @param uri the base address that the client has; where it has two, that of the calls which send the session,
     *     which is {@link ParsecClient.Builder#hostsUri(URI)}
     * @return this builder
     */
    public Builder baseUri(URI uri) {
      this.address = requireNonNull(uri, "uri");
      return this;
    }

    /**
     * Sets the account that the session is for.
     *
     * @param account its e-mail address, or any other text that the application knows it by; compared exactly. Not
     *     blank, no control characters, at most 320 characters
     * @return this builder
     * @throws IllegalArgumentException if {@code account} is not as it must be
     */
    public Builder account(String account) {
      requireNonNull(account, "account");
      if (account.isBlank()
          || account.length() > MAX_ACCOUNT
          || account.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("account must not be blank, have control characters, or"
            + " be longer than " + MAX_ACCOUNT + " characters");
      }
      this.account = account;
      return this;
    }

    /**
     * Seals the file with a key.
     *
     * @param source where the key comes from; stays the caller's to close
     * @return this builder
     */
    public Builder key(KeySource source) {
      this.key = requireNonNull(source, "source");
      return this;
    }

    /**
     * Leaves the session in the file in plain. Other users of the machine are kept out by the permissions of the file,
     * but whoever gets at a backup, a synchronised copy or the disk can act as the user.
     *
     * @return this builder
     */
    public Builder ownerOnlyPlain() {
      this.plain = true;
      return this;
    }

    /**
     * Sets where time and randomness come from; the JVM's if not called. Meant for tests in virtual time.
     *
     * @param timer the timer
     * @return this builder
     */
    public Builder timer(Timer timer) {
      this.timer = requireNonNull(timer, "timer");
      return this;
    }

    /**
     * Creates the store; the file is not touched.
     *
     * @return the store
     * @throws ParsecConfigurationException if address, account or protection was not told, the address is not one of a
     *     service, or the file has no name or lies on a file system without owners
     */
    public FileSessionStore build() {
      if (address == null) {
        throw new ParsecConfigurationException(
            "a session store is for one address; call service(...) or baseUri(...) with that of the client");
      }
      if (account == null) {
        throw new ParsecConfigurationException(
            "a session store is for one account; call account(...), for example with the e-mail address");
      }
      return new FileSessionStore(
          new StoredFile(file, timer),
          new SessionPayload(BaseAddress.canonical("baseUri", address), account),
          seal(),
          timer);
    }

    private SessionSeal seal() {
      if (key == null && !plain) {
        throw new ParsecConfigurationException(
            "a session store needs to know how to protect its file; call key(...), or ownerOnlyPlain()"
                + " if the permissions of the file are enough");
      }
      if (key != null && plain) {
        throw new ParsecConfigurationException(
            "key(...) and ownerOnlyPlain() exclude each other; call one of them");
      }
      return key == null ? SessionSeal.plain() : SessionSeal.keyed(key);
    }
  }
}
