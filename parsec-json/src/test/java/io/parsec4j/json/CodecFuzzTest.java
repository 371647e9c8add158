// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Replays what the fuzzer found worth keeping: inputs that together reach everything that it reached. */
class CodecFuzzTest {
  @Test
  void survivesEveryInputOfTheCorpus() throws IOException {
    List<String> corpus = corpus();
    assertThat(corpus).hasSizeGreaterThan(100);

    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> corpus.forEach(
            line -> CodecFuzz.fuzzerTestOneInput(Base64.getDecoder().decode(line))));
  }

  private static List<String> corpus() throws IOException {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(
        CodecFuzzTest.class.getResourceAsStream("codec-corpus.txt"), StandardCharsets.US_ASCII))) {
      return lines.lines().collect(Collectors.toList());
    }
  }
}
