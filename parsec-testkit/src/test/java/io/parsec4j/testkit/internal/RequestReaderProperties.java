// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What is read depends on the bytes alone, and reading ends whatever they are. */
class RequestReaderProperties {
  /** Hands out its bytes in pieces, as a network may. */
  private static final class Pieces extends InputStream {
    private final InputStream bytes;
    private final Random random;

    Pieces(byte[] bytes, Random random) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return bytes.read(buffer, offset, Math.min(length, 1 + random.nextInt(40)));
    }
  }

  /** All that can be read, as text: the requests, and how it ended. */
  private static List<String> transcript(InputStream in) {
    List<String> transcript = new ArrayList<>();
    RequestReader reader = new RequestReader(in, () -> {}, 1);
    try {
      for (HttpRequest request = reader.next(); request != null; request = reader.next()) {
        StringBuilder text =
            new StringBuilder(request.method() + " " + request.path() + "?" + request.query());
        request
            .headers()
            .forEach((name, value) -> text.append('|').append(name).append('=').append(value));
        transcript.add(
            text + "|" + new String(request.body(), ISO_8859_1) + "|" + request.persistent());
      }
      transcript.add("end");
    } catch (RefusedException e) {
      transcript.add("refused " + e.answer().status() + " " + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return transcript;
  }

  @Provide
  Arbitrary<String> requests() {
    Arbitrary<String> targets =
        Arbitraries.of("/", "/v1/auth", "/v2/hosts?mode=game", "http://h/x", "*");
    Arbitrary<String> fields = Arbitraries.of(
            "", "X-A: b\r\n", "Connection: close\r\n", "Expect: 100-continue\r\n")
        .list()
        .ofMaxSize(3)
        .map(list -> String.join("", list));
    Arbitrary<String> bodies = Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(300);
    Arbitrary<Boolean> chunked = Arbitraries.of(true, false);
    return Combinators.combine(targets, fields, bodies, chunked)
        .as(RequestReaderProperties::request);
  }

  private static String request(String target, String fields, String body, boolean chunked) {
    String head = "POST " + target + " HTTP/1.1\r\nHost: h\r\n" + fields;
    if (!chunked) {
      return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
    String chunks = body.chars()
        .mapToObj(c -> "1;x=" + (char) c + "\r\n" + (char) c + "\r\n")
        .collect(Collectors.joining());
    return head + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\nX-T: 1\r\n\r\n";
  }

  @Property
  void readsTheSameWhereverTheBytesAreSplit(
      @ForAll @Size(max = 5) List<@From("requests") String> requests, @ForAll Random random) {
    byte[] bytes = String.join("", requests).getBytes(ISO_8859_1);

    List<String> whole = transcript(new ByteArrayInputStream(bytes));

    assertThat(whole).hasSize(requests.size() + 1).endsWith("end");
    assertThat(transcript(new Pieces(bytes, random))).isEqualTo(whole);
  }

  @Property
  void readsTheSameWhereverDamagedBytesAreSplit(
      @ForAll @Size(min = 1, max = 3) List<@From("requests") String> requests,
      @ForAll @Size(min = 1, max = 3) List<Byte> damage,
      @ForAll @IntRange(max = 2_000) int place,
      @ForAll Random random) {
    byte[] bytes = String.join("", requests).getBytes(ISO_8859_1);
    for (int i = 0; i < damage.size(); i++) {
      bytes[(place + i * 7) % bytes.length] = damage.get(i);
    }

    assertThat(transcript(new Pieces(bytes, random)))
        .isEqualTo(transcript(new ByteArrayInputStream(bytes)));
  }

  @Property
  void refusesEveryRequestThatIsCutOff(
      @ForAll("requests") String request, @ForAll @IntRange(max = 2_000) int length) {
    byte[] bytes = request.getBytes(ISO_8859_1);
    byte[] start = Arrays.copyOf(bytes, length % bytes.length);

    List<String> transcript = transcript(new ByteArrayInputStream(start));

    assertThat(transcript).hasSize(1);
    assertThat(transcript.get(0))
        .startsWith(start.length == 0 ? "end" : "refused 400 the connection ended within the ");
  }

  @Property
  void endsWhateverItReads(@ForAll @Size(max = 4_000) byte[] bytes, @ForAll Random random) {
    List<String> transcript = transcript(new Pieces(bytes, random));

    assertThat(transcript.get(transcript.size() - 1)).matches("end|refused 4.*|refused 5.*");
  }

  @Property
  void endsWhateverFollowsAGoodStart(
      @ForAll("requests") String request,
      @ForAll @Size(max = 400) byte[] bytes,
      @ForAll Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(request.getBytes(ISO_8859_1));
    all.writeBytes(bytes);

    List<String> transcript = transcript(new Pieces(all.toByteArray(), random));

    assertThat(transcript.get(0)).startsWith("POST ");
    assertThat(transcript.get(transcript.size() - 1)).matches("end|refused 4.*|refused 5.*");
  }
}
