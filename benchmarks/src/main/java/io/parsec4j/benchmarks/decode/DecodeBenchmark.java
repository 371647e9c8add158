// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.decode;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.benchmarks.Service;
import io.parsec4j.benchmarks.stack.Page;
import io.parsec4j.json.JsonbCodec;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the bytes of a page to its hosts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DecodeBenchmark {
  /** The number of hosts on the page. */
  @Param({"20", "1000", "20000"})
  private int hosts = 20;

  private final Codec codec = JsonbCodec.create();
  private final ObjectMapper jackson =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private final JsonAdapter<Page> moshi = new Moshi.Builder().build().adapter(Page.class);
  private byte[] json = {};

  /** Created by JMH. */
  public DecodeBenchmark() {}

  /** Gets the bytes that all of them decode. */
  @org.openjdk.jmh.annotations.Setup
  public void fetch() throws IOException, InterruptedException {
    json = Service.page(hosts);
  }

  /** The bundled codec, with all its guards. */
  @Benchmark
  public Object parsec() {
    return codec.decode(json, HostPage.class);
  }

  /** Databind to classes with public fields. */
  @Benchmark
  public Object jackson() throws IOException {
    return jackson.readValue(json, Page.class);
  }

  /** Reflection to the same classes. */
  @Benchmark
  public Object moshi() throws IOException {
    return java.util.Objects.requireNonNull(moshi.fromJson(new Buffer().write(json)));
  }
}
