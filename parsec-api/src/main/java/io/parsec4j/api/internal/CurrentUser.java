// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who this process is to the file system. The owner of a file of its own tells that reliably: a name in a system
 * property can be set, and in a container there may be none.
 */
final class CurrentUser implements IoAction<UserPrincipal> {
  private volatile @Nullable UserPrincipal principal;

  @Override
  public UserPrincipal run() throws IOException {
    UserPrincipal known = principal;
    if (known == null) {
      Path probe = Files.createTempFile("parsec4j", null);
      try {
        known = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
      } finally {
        Files.delete(probe);
      }
      principal = known;
    }
    return known;
  }
}
