// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * By owner and access control list, as on Windows.
 *
 * <p>A folder that is there already is not checked: those of Windows give rights to the system and to administrators,
 * whose names depend on the language. Who could put a file into it is not the owner of that file, which is checked.
 */
final class AclOwnerOnly implements OwnerOnly {
  private static final Set<AclEntryPermission> ALL = EnumSet.allOf(AclEntryPermission.class);

  private final IoAction<UserPrincipal> user;

  AclOwnerOnly(IoAction<UserPrincipal> user) {
    this.user = user;
  }

  @Override
  public FileAttribute<?> ofFolder() throws IOException {
    return attribute(
        entry(user.run(), Set.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT)));
  }

  @Override
  public FileAttribute<?> ofFile() throws IOException {
    return attribute(entry(user.run(), Set.of()));
  }

  @Override
  public void secure(Path file) throws IOException {
    // What the folder passes on was added to the list that the file was created with.
    AclFileAttributeView view = view(file);
    view.setAcl(List.of(entry(view.getOwner(), Set.of())));
    BasicFileAttributes unused = checkFile(file);
  }

  @Override
  public void checkFolder(Path folder) throws IOException {
    FileRules.requireFolder(folder, Files.readAttributes(folder, BasicFileAttributes.class));
  }

  @Override
  public BasicFileAttributes checkFile(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    FileRules.requireFile(file, attributes);
    AclFileAttributeView view = view(file);
    FileRules.requireOwner(file, view.getOwner(), user.run());
    requireOnly(file, view.getAcl(), view.getOwner());
    return attributes;
  }

  static void requireOnly(Path file, List<AclEntry> acl, UserPrincipal owner) {
    for (AclEntry entry : acl) {
      if (entry.type() == AclEntryType.ALLOW && !entry.principal().equals(owner)) {
        throw FileRules.denied(
            file,
            "is open to " + entry.principal().getName()
                + "; remove it and sign in again, or let its owner alone have access if you know that"
                + " nobody has read it");
      }
    }
  }

  @Override
  public void force(Path folder) {
    // Windows opens no folder for this; its file systems log changes of names themselves.
  }

  private static AclFileAttributeView view(Path file) {
    return Files.getFileAttributeView(file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static AclEntry entry(UserPrincipal user, Set<AclEntryFlag> flags) {
    return AclEntry.newBuilder()
        .setType(AclEntryType.ALLOW)
        .setPrincipal(user)
        .setPermissions(ALL)
        .setFlags(flags)
        .build();
  }

  private static FileAttribute<List<AclEntry>> attribute(AclEntry entry) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "acl:acl";
      }

      @Override
      public List<AclEntry> value() {
        return List.of(entry);
      }
    };
  }
}
