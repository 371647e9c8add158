// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Tells the way through a proxy, which belongs to connecting, from the request itself. */
final class RequestSender extends HttpRequestExecutor {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback interim,
      HttpContext context)
      throws IOException, HttpException {
    Exchange exchange = Exchange.of(context);
    if (!Method.CONNECT.isSame(request.getMethod())) {
      exchange.connected();
      return super.execute(request, connection, interim, context);
    }
    ClassicHttpResponse answer = super.execute(request, connection, interim, context);
    if (answer.getCode() != 200) {
      // Without its body, which the library would read.
      throw Exchange.proxyRefused(exchange.host() + ":" + exchange.port(), answer.getCode());
    }
    return answer;
  }
}
