// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.transport.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedClientTest {
  @Test
  void letsGoOfItsClientWhenItIsRetired() {
    WeakReference<HttpClient> http = new WeakReference<>(HttpClient.newHttpClient());
    SharedClient kept = SharedClient.own(http.get());

    kept.retire();

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (http.get() != null && System.nanoTime() - until < 0) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(http.get()).isNull();
    kept.retire();
  }
}
