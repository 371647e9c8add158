// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

/** A session that could not be loaded, saved or removed. The message says where and what to do, and has no secret. */
public final class SessionStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What it means to the application. */
  private final Kind kind;

  /**
   * Creates a failure.
   *
   * @param message what is wrong, and what to do; without a secret
   * @param kind what it means to the application
   */
  public SessionStoreException(String message, Kind kind) {
    super(requireNonNull(message, "message"));
    this.kind = requireNonNull(kind, "kind");
  }

  /**
   * Creates a failure.
   *
   * @param message what is wrong, and what to do; without a secret
   * @param kind what it means to the application
   * @param cause what led to it; without a secret
   */
  public SessionStoreException(String message, Kind kind, Throwable cause) {
    super(requireNonNull(message, "message"), requireNonNull(cause, "cause"));
    this.kind = requireNonNull(kind, "kind");
  }

  /** {@return what it means to the application} */
  public Kind kind() {
    return kind;
  }

  /** What a failure of a store means to the application. */
  public enum Kind {
    /**
     * The place cannot be reached or written to, for example because the disk is full; what was stored is unchanged.
     */
    UNAVAILABLE,

    /**
     * Access was refused, by the system, or by the store because others than the user could read or change what is
     * there. Nothing was changed.
     */
    DENIED,

    /**
     * What is stored yields no session: it was damaged, sealed with another key, or belongs to another account or
     * address. Sign in again: the next save keeps it aside.
     */
    CORRUPT,

    /** Others were at work on the store for too long. Try again. */
    CONFLICT
  }
}
