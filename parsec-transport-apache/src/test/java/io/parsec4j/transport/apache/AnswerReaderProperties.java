// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

class AnswerReaderProperties {

  /** Gives between one and so many bytes at a time. */
  private static InputStream dripping(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, most));
      }
    };
  }

  private static ClassicHttpResponse response(byte[] bytes, int most, boolean announced) {
    ClassicHttpResponse response = new BasicClassicHttpResponse(200);
    response.setEntity(new InputStreamEntity(
        dripping(bytes, most), announced ? bytes.length : -1, ContentType.APPLICATION_JSON));
    return response;
  }

  @Property(tries = 300)
  void readsEveryByteUpToTheLimitAndNoneBeyond(
      @ForAll @IntRange(max = 200_000) int size,
      @ForAll @IntRange(min = 1, max = 200_000) int limit,
      @ForAll @IntRange(min = 100, max = 70_000) int most,
      @ForAll boolean announced,
      @ForAll long seed)
      throws IOException {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    ClassicHttpResponse response = response(bytes, most, announced);

    if (size <= limit) {
      assertThat(AnswerReader.read(response, limit).body()).isEqualTo(bytes);
    } else {
      TransportException failure =
          catchThrowableOfType(TransportException.class, () -> AnswerReader.read(response, limit));
      assertThat(failure.stage()).isEqualTo(FailureStage.TOO_LARGE);
      assertThat(failure.status()).hasValue(200);
    }
  }
}
