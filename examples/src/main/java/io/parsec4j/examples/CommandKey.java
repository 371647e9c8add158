// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.examples;

import io.parsec4j.api.KeySource;
import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.SessionStoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A key that another program prints in Base64, such as one that asks the keyring of the operating system. The key is in
 * a pipe alone: arguments and environment can be read by others.
 *
 * <p>Any program of the same user can run the same command. What it protects against is a stolen file.
 */
final class CommandKey implements KeySource {
  private static final int SECONDS_FOR_THE_USER_TO_UNLOCK = 60;

  private final List<String> command;

  CommandKey(String... command) {
    this.command = List.of(command);
  }

  static KeySource ofSecretService() {
    return new CommandKey("secret-tool", "lookup", "application", "parsec");
  }

  static KeySource ofMacKeychain() {
    return new CommandKey("security", "find-generic-password", "-s", "parsec", "-w");
  }

  @Override
  public byte[] key(byte[] salt) {
    try {
      return decode(output());
    } catch (IOException e) {
      throw unavailable("cannot be run");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for, as the thread was interrupted");
    }
  }

  private byte[] output() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS_FOR_THE_USER_TO_UNLOCK, TimeUnit.SECONDS)) {
        throw unavailable("did not end within " + SECONDS_FOR_THE_USER_TO_UNLOCK + " s");
      }
      if (process.exitValue() != 0) {
        throw unavailable("failed with status " + process.exitValue());
      }
      return process.getInputStream().readAllBytes();
    } finally {
      process.destroyForcibly();
    }
  }

  private byte[] decode(byte[] output) {
    try {
      return Base64.getDecoder().decode(new String(output, StandardCharsets.US_ASCII).strip());
    } catch (IllegalArgumentException e) {
      // Its message may have a part of the key.
      throw unavailable("printed something that is not Base64");
    }
  }

  private SessionStoreException unavailable(String reason) {
    return new SessionStoreException(
        "the key of the session file is missing: " + command.get(0) + " " + reason,
        Kind.UNAVAILABLE);
  }
}
