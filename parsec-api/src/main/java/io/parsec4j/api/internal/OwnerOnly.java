// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.ParsecConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** Makes files that nobody but the user can access, and refuses others, in the way of the system at hand. */
interface OwnerOnly {

  /** Returns what a folder is created with. */
  FileAttribute<?> ofFolder() throws IOException;

  /** Returns what a file is created with. */
  FileAttribute<?> ofFile() throws IOException;

  /** Makes sure that a file which was just created has those permissions, before anything is written to it. */
  void secure(Path file) throws IOException;

  /** Refuses a folder in which others could put files. */
  void checkFolder(Path folder) throws IOException;

  /**
   * Refuses what is not a file, not the user's, or open to others.
   *
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  BasicFileAttributes checkFile(Path file) throws IOException;

  /** Makes the names in a folder durable. */
  void force(Path folder) throws IOException;

  /** Returns the way of a file's system. */
  static OwnerOnly on(Path file) {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    if (views.contains("posix")) {
      return new PosixOwnerOnly(new CurrentUser());
    }
    if (views.contains("acl")) {
      return new AclOwnerOnly(new CurrentUser());
    }
    throw new ParsecConfigurationException(
        file + " is on a file system without owners and permissions; choose another place");
  }
}
