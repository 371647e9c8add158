// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly, piece by piece, and remembers the last characters that it gave away.
 *
 * <p>The memory is a window on the stream: a tokenizer says only where a token ended, and most tokens (field names,
 * empty strings, values that repeat) can be recognized there without making a string of each.
 */
final class Utf8Reader extends Reader {
  /** What stays of the window when it moves on: more than a field name and the blanks before it. */
  private static final int KEPT = 128;

  private static final int PIECE = 1_024;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8
      .newDecoder()
      .onMalformedInput(CodingErrorAction.REPORT)
      .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes;
  private final char[] window;
  private final CharBuffer decoded;
  private int windowStart;
  private int given;

  Utf8Reader(byte[] utf8) {
    bytes = ByteBuffer.wrap(utf8);
    window = new char[KEPT + Math.min(utf8.length, PIECE)];
    decoded = CharBuffer.wrap(window);
  }

  @Override
  public int read(char[] target, int offset, int length) {
    // Parsson keeps the token that it is reading before the offset, however long it gets
    if (offset > GuardedParser.MAX_TEXT) {
      throw Refusal.of("has more than " + GuardedParser.MAX_TEXT + " characters");
    }
    if (given == decoded.position() && !decodeMore()) {
      return -1;
    }
    int count = Math.min(length, decoded.position() - given);
    System.arraycopy(window, given, target, offset, count);
    given += count;
    return count;
  }

  private boolean decodeMore() {
    int kept = Math.min(given, KEPT);
    System.arraycopy(window, given - kept, window, 0, kept);
    windowStart += given - kept;
    given = kept;
    decoded.clear().position(kept);
    if (decoder.decode(bytes, decoded, true).isError()) {
      throw Refusal.of("is not UTF-8");
    }
    return decoded.position() > kept;
  }

  /**
   * Finds a string of the stream in the window.
   *
   * @param after a position in the stream with only separators between it and the opening quote
   * @param end the position after the closing quote
   * @return the index in {@link #window()} of the character after the opening quote, or -1 if the window has moved on
   */
  int indexOfString(int after, int end) {
    int index = after - windowStart;
    int closing = end - 1 - windowStart;
    if (index < 0 || window[closing] != '"') {
      return -1;
    }
    while (index < closing && window[index] != '"') {
      index++;
    }
    return index < closing ? index + 1 : -1;
  }

  /** {@return how many characters were given away} */
  int position() {
    return windowStart + given;
  }

  /** {@return the index in {@link #window()} of a position of the stream} */
  int index(int position) {
    return position - windowStart;
  }

  /** {@return the window itself, not to be changed} */
  char[] window() {
    return window;
  }

  @Override
  public void close() {
    given = decoded.position();
    bytes.position(bytes.limit());
  }
}
