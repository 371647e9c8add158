// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.apache;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Goes the way that a proxy selector says: straight, through an HTTP proxy, or through a SOCKS proxy. */
final class Routes implements HttpRoutePlanner {
  private final Optional<ProxySelector> selector;

  Routes(Optional<ProxySelector> selector) {
    this.selector = selector;
  }

  @Override
  public HttpRoute determineRoute(HttpHost host, HttpContext context) {
    Exchange exchange = Exchange.of(context);
    HttpHost target = new HttpHost(exchange.scheme(), exchange.host(), exchange.port());
    boolean secure = exchange.scheme().equals("https");
    Proxy proxy = selector.map(s -> proxy(s, exchange.uri())).orElse(Proxy.NO_PROXY);
    if (proxy.type() == Proxy.Type.DIRECT) {
      return new HttpRoute(target, null, secure);
    }
    if (proxy.type() == Proxy.Type.SOCKS) {
      exchange.socks(proxy);
      return new HttpRoute(target, null, secure);
    }
    InetSocketAddress address = (InetSocketAddress) proxy.address();
    return new HttpRoute(
        target, null, new HttpHost("http", address.getHostString(), address.getPort()), secure);
  }

  private static Proxy proxy(ProxySelector selector, URI uri) {
    List<Proxy> proxies;
    try {
      proxies = selector.select(uri);
    } catch (RuntimeException | Error e) {
      // Its text is not ours to pass on: it may name the password of a proxy.
      throw new TransportException(
          FailureStage.CONNECT, "the proxy selector failed: " + e.getClass().getSimpleName());
    }
    return proxies == null || proxies.isEmpty() ? Proxy.NO_PROXY : proxies.get(0);
  }
}
