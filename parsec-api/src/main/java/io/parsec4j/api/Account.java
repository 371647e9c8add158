// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account behind a session. Immutable; prints without the e-mail address.
 *
 * <p><b>Source:</b> the vendor does not document this; public clients use it. All but the ID may be untold.
 */
public final class Account {
  private final long id;
  private final String name;
  private final @Nullable String email;
  private final boolean warp;
  private final @Nullable Boolean hasTfa;

  private Account(Builder builder) {
    this.id = builder.id;
    this.name = builder.name;
    this.email = builder.email;
    this.warp = builder.warp;
    this.hasTfa = builder.hasTfa;
  }

  /**
   * Starts an account.
   *
   * @param id the number of the account
   * @return a builder
   */
  public static Builder builder(long id) {
    return new Builder(id);
  }

  /** {@return the number of the account, as in {@link Session#userId()} and {@link HostUser#id()}} */
  public long id() {
    return id;
  }

  /** {@return the display name; empty string if the service did not tell} */
  public String name() {
    return name;
  }

  /** {@return the e-mail address; empty if the service did not tell} */
  public Optional<String> email() {
    return Optional.ofNullable(email);
  }

  /** {@return whether the account has the Warp subscription; false if the service did not tell} */
  public boolean warp() {
    return warp;
  }

  /** {@return whether a sign-in needs a two-factor code; empty if the service did not tell} */
  public Optional<Boolean> hasTfa() {
    return Optional.ofNullable(hasTfa);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Account)) {
      return false;
    }
    Account that = (Account) other;
    return id == that.id
        && name.equals(that.name)
        && Objects.equals(email, that.email)
        && warp == that.warp
        && Objects.equals(hasTfa, that.hasTfa);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, name, email, warp, hasTfa);
  }

  /** {@return name and ID} */
  @Override
  public String toString() {
    return "Account[" + name + ", " + id + "]";
  }

  /** Collects an account; not safe for use by several threads. */
  public static final class Builder {
    private final long id;
    private String name = "";
    private @Nullable String email;
    private boolean warp;
    private @Nullable Boolean hasTfa;

    private Builder(long id) {
      this.id = id;
    }

    /**
     * Sets the display name; empty if not called.
     *
     * @param name the name
     * @return this builder
     */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /**
     * Sets the e-mail address; untold if not called.
     *
     * @param email the address
     * @return this builder
     */
    public Builder email(String email) {
      this.email = requireNonNull(email, "email");
      return this;
    }

    /**
     * Sets whether the account has the Warp subscription; false if not called.
     *
     * @param warp whether it has
     * @return this builder
     */
    public Builder warp(boolean warp) {
      this.warp = warp;
      return this;
    }

    /**
     * Sets whether a sign-in needs a two-factor code; untold if not called.
     *
     * @param hasTfa whether it does
     * @return this builder
     */
    public Builder hasTfa(boolean hasTfa) {
      this.hasTfa = hasTfa;
      return this;
    }

    /** {@return the account} */
    public Account build() {
      return new Account(this);
    }
  }
}
