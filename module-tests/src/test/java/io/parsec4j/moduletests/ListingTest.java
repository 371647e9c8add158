// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parsec4j.moduletests.support.Artifacts;
import io.parsec4j.moduletests.support.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The descriptor and the public signatures of each module are those that were approved last. */
class ListingTest {
  static Stream<String> published() {
    return Artifacts.PUBLISHED.stream();
  }

  @ParameterizedTest
  @MethodSource("published")
  void descriptorAndPublicSignaturesAreTheApprovedOnes(String artifact) throws IOException {
    Path approved = Artifacts.root().resolve("module-tests/src/test/listings/" + artifact + ".txt");
    String actual = Listing.of(Artifacts.jar(artifact));

    if (Boolean.getBoolean("listings.accept")) {
      Files.createDirectories(approved.getParent());
      Files.writeString(approved, actual);
    }

    String expected = Files.exists(approved) ? Files.readString(approved) : "";
    assertThat(actual)
        .as(
            "%s differs from %s; if the change is wanted, accept it with"
                + " mvn verify -Dlistings.accept=true and commit the file with the change that caused it",
            artifact, Artifacts.root().relativize(approved))
        .isEqualTo(expected);
  }
}
