// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.SessionStoreException;
import io.parsec4j.api.SessionStoreException.Kind;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;

/** The rules for files that hold on every system. */
final class FileRules {
  private FileRules() {}

  static void requireFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      throw denied(file, "is a symbolic link; name the file itself");
    }
    if (!attributes.isRegularFile()) {
      throw denied(file, "is not a regular file; name another one");
    }
  }

  static void requireFolder(Path folder, BasicFileAttributes attributes)
      throws FileSystemException {
    if (!attributes.isDirectory()) {
      throw new FileSystemException(folder.toString(), null, "not a folder");
    }
  }

  static void requireOwner(Path file, UserPrincipal owner, UserPrincipal user) {
    if (!owner.equals(user)) {
      throw denied(
          file,
          "belongs to " + owner.getName() + ", but this program runs as " + user.getName()
              + "; use a file and a folder of that user");
    }
  }

  static SessionStoreException denied(Path file, String reason) {
    return new SessionStoreException(file + " " + reason, Kind.DENIED);
  }
}
