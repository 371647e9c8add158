// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.ParsecConfigurationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.util.VersionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The oldest versions of the Apache libraries that are safe to use. */
final class Floors {
  private static final Logger LOG = LoggerFactory.getLogger(Floors.class);
  private static final Pattern RELEASE =
      Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?.*");

  private Floors() {}

  /**
   * Refuses libraries with known weaknesses; a missing version, as in a fat jar, passes.
   *
   * @throws ParsecConfigurationException if a library is too old
   */
  static void check() {
    ClassLoader loader = VersionInfo.class.getClassLoader();
    // CVE-2026-71290: a certificate for another host is accepted
    check(
        "httpclient5",
        release(VersionInfo.loadVersionInfo("org.apache.hc.client5", loader)),
        5,
        6,
        4);
    // CVE-2026-54399: hostile header fields
    check(
        "httpcore5", release(VersionInfo.loadVersionInfo("org.apache.hc.core5", loader)), 5, 4, 3);
  }

  static void check(String artifact, @Nullable String release, int major, int minor, int patch) {
    Matcher found = RELEASE.matcher(release == null ? "" : release);
    if (!found.matches()) {
      LOG.debug("the version of {} is not known and cannot be checked", artifact);
      return;
    }
    int[] floor = {major, minor, patch};
    for (int i = 0; i < floor.length; i++) {
      String number = found.group(i + 1);
      int difference = (number == null ? 0 : Integer.parseInt(number)) - floor[i];
      if (difference < 0) {
        throw new ParsecConfigurationException(artifact + " must be " + major + "." + minor + "."
            + patch + " or newer because older ones have known weaknesses, was " + release
            + "; update it");
      }
      if (difference > 0) {
        return;
      }
    }
  }

  static @Nullable String release(@Nullable VersionInfo info) {
    return info == null ? null : info.getRelease();
  }
}
