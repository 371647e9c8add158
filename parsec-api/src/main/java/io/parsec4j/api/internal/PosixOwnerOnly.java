// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** By owner and mode. */
final class PosixOwnerOnly implements OwnerOnly {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final IoAction<UserPrincipal> user;

  PosixOwnerOnly(IoAction<UserPrincipal> user) {
    this.user = user;
  }

  @Override
  public FileAttribute<?> ofFolder() {
    return PosixFilePermissions.asFileAttribute(FOLDER);
  }

  @Override
  public FileAttribute<?> ofFile() {
    return PosixFilePermissions.asFileAttribute(FILE);
  }

  @Override
  public void secure(Path file) throws IOException {
    // A file system that keeps no modes shows here.
    BasicFileAttributes unused = checkFile(file);
  }

  @Override
  public void checkFolder(Path folder) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
    FileRules.requireFolder(folder, attributes);
    FileRules.requireOwner(folder, attributes.owner(), user.run());
    if (!Collections.disjoint(attributes.permissions(), WRITABLE_BY_OTHERS)) {
      throw FileRules.denied(
          folder,
          "can be written to by others ("
              + PosixFilePermissions.toString(attributes.permissions())
              + "); run chmod go-w on it, or"
              + " use a folder of its own");
    }
  }

  @Override
  public BasicFileAttributes checkFile(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    FileRules.requireFile(file, attributes);
    FileRules.requireOwner(file, attributes.owner(), user.run());
    if (!FOLDER.containsAll(attributes.permissions())) {
      throw FileRules.denied(
          file,
          "is open to others ("
              + PosixFilePermissions.toString(attributes.permissions()) + "); remove it and sign in"
              + " again, or run chmod 600 on it if you know that nobody has read it");
    }
    return attributes;
  }

  @Override
  public void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder)) {
      channel.force(true);
    }
  }
}
