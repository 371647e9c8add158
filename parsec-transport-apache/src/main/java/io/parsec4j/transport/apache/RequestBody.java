// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntFunction;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** The body of a request, of which the bytes are asked for when they are to be written. */
final class RequestBody extends AbstractHttpEntity {
  private final int length;
  private final IntFunction<byte[]> source;

  RequestBody(int length, IntFunction<byte[]> source) {
    super((ContentType) null, null);
    this.length = length;
    this.source = source;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(source.apply(length));
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public boolean isStreaming() {
    return true;
  }

  @Override
  public InputStream getContent() {
    throw new UnsupportedOperationException("the body can only be written");
  }

  @Override
  public void close() {}
}
