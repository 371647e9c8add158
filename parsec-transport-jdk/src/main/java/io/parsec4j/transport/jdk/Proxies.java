// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import io.parsec4j.api.FailureStage;
import io.parsec4j.api.spi.TransportException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a proxy selector before the JDK's client does, which asks on the thread of the caller, passes on whatever the
 * selector throws, and goes straight where it names a SOCKS proxy.
 */
final class Proxies extends ProxySelector {
  /** The way of the exchange that this thread starts at present. */
  private static final ThreadLocal<@Nullable List<Proxy>> CHOSEN = new ThreadLocal<>();

  private final ProxySelector selector;

  private Proxies(ProxySelector selector) {
    this.selector = selector;
  }

  static Proxies of(ProxySelector selector) {
    return new Proxies(selector);
  }

  /** Returns those of a client, which uses the selector of the JVM without naming it if it was not given any. */
  static Optional<Proxies> of(HttpClient client) {
    @Nullable ProxySelector asked = client.proxy().orElseGet(ProxySelector::getDefault);
    return asked == null || asked.equals(HttpClient.Builder.NO_PROXY)
        ? Optional.empty()
        : Optional.of(new Proxies(asked));
  }

  /**
   * Asks for the way to an address; takes as long as the selector does.
   *
   * @throws TransportException of stage CONNECT if the selector fails or the JDK cannot go this way
   */
  List<Proxy> ask(URI uri) {
    Proxy first;
    try {
      @Nullable List<Proxy> named = selector.select(uri);
      first = named == null || named.isEmpty() ? Proxy.NO_PROXY : named.get(0);
      if (first.type() != Proxy.Type.SOCKS) {
        return List.of(first);
      }
    } catch (RuntimeException | Error e) {
      // Its text is not ours to pass on: it may name the password of a proxy.
      throw new TransportException(
          FailureStage.CONNECT, "the proxy selector failed: " + e.getClass().getSimpleName());
    }
    throw new TransportException(
        FailureStage.CONNECT,
        "the JDK's HTTP client cannot use SOCKS proxies; use the apache transport");
  }

  /** Starts an exchange that goes the way that was asked for, so that the selector is asked once. */
  <T> T along(List<Proxy> way, Supplier<T> start) {
    CHOSEN.set(way);
    try {
      return start.get();
    } finally {
      CHOSEN.remove();
    }
  }

  @Override
  public List<Proxy> select(URI uri) {
    List<Proxy> way = CHOSEN.get();
    return way == null ? ask(uri) : way;
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    selector.connectFailed(uri, address, failure);
  }
}
