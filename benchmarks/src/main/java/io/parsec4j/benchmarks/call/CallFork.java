// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.call;

import com.sun.management.ThreadMXBean;
import io.parsec4j.benchmarks.Fork;
import io.parsec4j.benchmarks.stack.Stack;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Calls one stack from a number of threads, for a while to warm up and then to measure. */
final class CallFork {
  /** A single caller makes fewer calls in a second, so that the JVM would be compiling for longer. */
  private static final int LEAST_TO_WARM_UP = 16;

  private final Stack stack;
  private final ExecutorService callers = Executors.newCachedThreadPool();

  private CallFork(Stack stack) {
    this.stack = stack;
  }

  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[3]);
    Duration warmUp = Duration.parse(args[4]);
    Duration time = Duration.parse(args[5]);
    int most = Math.max(count, LEAST_TO_WARM_UP);
    CallFork fork = new CallFork(Stack.create(args[0], URI.create(args[1]), args[2], most));
    // The JVM compiles anew where other numbers of callers take other ways.
    Duration last = warmUp.dividedBy(4);
    long[] unused = fork.callFor(warmUp.minus(last), most);
    unused = fork.callFor(last, count);
    Duration cpu = Fork.ownCpu();
    long allocated = allocated();
    long[] latencies = fork.callFor(time, count);
    double calls = latencies.length;
    Fork.tell("allocated.KB/call", (allocated() - allocated) / 1024.0 / calls);
    Fork.tell("cpu.us/call", Fork.ownCpu().minus(cpu).toNanos() / 1e3 / calls);
    Fork.tell("calls/s", calls / time.toMillis() * 1e3);
    Arrays.sort(latencies);
    Fork.tell("median.us", latencies[latencies.length / 2] / 1e3);
    // A stack that leaves threads behind must not keep the measurement from ending.
    System.exit(0);
  }

  private long[] callFor(Duration time, int count) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    List<Future<long[]>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      running.add(callers.submit(() -> callUntil(end)));
    }
    List<long[]> latencies = new ArrayList<>();
    for (Future<long[]> caller : running) {
      latencies.add(caller.get());
    }
    return latencies.stream().flatMapToLong(LongStream::of).toArray();
  }

  private long[] callUntil(long end) throws Exception {
    long[] latencies = new long[1_024];
    int calls = 0;
    for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
      List<String> unused = stack.names();
      if (calls == latencies.length) {
        latencies = Arrays.copyOf(latencies, 2 * calls);
      }
      latencies[calls++] = System.nanoTime() - begin;
    }
    return Arrays.copyOf(latencies, calls);
  }

  /** What the threads that are there have allocated; each stack keeps its threads while it is busy. */
  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }
}
