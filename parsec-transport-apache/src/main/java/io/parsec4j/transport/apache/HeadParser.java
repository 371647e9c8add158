// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the heads of one connection: bounded in all, never half a one, and not endlessly many. */
final class HeadParser extends DefaultHttpResponseParser {
  /** The library refuses the field that reaches its limit, so the limit is one above what is allowed. */
  static final Http1Config LIMITS = Http1Config.custom()
      .setMaxLineLength(Transport.MAX_HEAD_BYTES)
      .setMaxHeaderCount(Transport.MAX_HEAD_FIELDS + 1)
      .build();

  private static final int MOST_INTERIM = 8;

  private int interim;

  HeadParser() {
    super(LIMITS);
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    MeteredInput input = new MeteredInput(in, buffer.length());
    ClassicHttpResponse head = super.parse(buffer, input);
    if (head == null) {
      return null;
    }
    if (input.ended) {
      // The library takes what came before the end for a whole head, and what is missing for an
      // empty body.
      throw new ConnectionClosedException("head cut off");
    }
    if (input.size - buffer.length() > Transport.MAX_HEAD_BYTES) {
      throw new MessageConstraintException("head too large");
    }
    if (head.getCode() == 101) {
      throw new TransportException(
          FailureStage.EXCHANGE, "the server switched to a protocol nobody asked for");
    }
    if (head.getCode() < 200 && ++interim > MOST_INTERIM) {
      throw new TransportException(
          FailureStage.EXCHANGE, "the server sent more than " + MOST_INTERIM + " interim answers");
    }
    return head;
  }

  /** Counts what is read for one head; as long as the parser asks for more, all of it belongs to the head. */
  private static final class MeteredInput extends FilterInputStream {
    private int size;
    private boolean ended;

    MeteredInput(InputStream in, int buffered) {
      super(in);
      this.size = buffered;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (size > Transport.MAX_HEAD_BYTES) {
        throw new MessageConstraintException("head too large");
      }
      int read = in.read(target, offset, length);
      if (read < 0) {
        ended = true;
      } else {
        size += read;
      }
      return read;
    }
  }
}
