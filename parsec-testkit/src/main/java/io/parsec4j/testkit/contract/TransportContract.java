// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/**
 * The promises of {@link Transport} as numbered cases; a transport that passes them can stand under any client.
 *
 * <pre>{@code
 * class MyTransportTest extends TransportContract {
 *   @Override protected Transport create(TransportOptions options) { return new MyTransport(options); }
 *
 *   @Override protected Set<TransportCapability> capabilities() {
 *     return EnumSet.complementOf(EnumSet.of(TransportCapability.CONNECTION_REUSE));
 *   }
 * }
 * }</pre>
 *
 * <p>Each case drives a transport of its own against scripted ports on the loopback address and counts there what
 * arrived. The numbers stay: 1xx requests, 2xx answers, 3xx bodies, 4xx heads, 5xx connections and repeats, 6xx
 * cancelling and threads, 7xx closing, 8xx TLS, 9xx surroundings (proxies, secrets, settings of the JVM). A message says
 * what was promised.
 *
 * <p>Where a library makes a promise impossible, leave the {@link TransportCapability} out: the case then pins what is
 * promised instead. Nothing is skipped, with one exception: the case about hosts with several addresses needs such a
 * host, see {@link TransportCapability#ALL_ADDRESSES}; it is reported as aborted if {@code localhost} has one address and
 * the name {@code two-addresses.test} is unknown. A file for the system property {@code jdk.net.hosts.file} with the
 * lines {@code 127.0.0.1 localhost}, {@code 127.0.0.2 two-addresses.test} and {@code 127.0.0.1 two-addresses.test}
 * provides it.
 *
 * <p>Some cases set defaults of the JVM (authenticator, cookie handler, proxy selector) and set them back, so that the
 * class is not to run at the same time as others that use them.
 */
public abstract class TransportContract {
  private static final Duration MUST_HAPPEN_WITHIN = Duration.ofSeconds(20);

  /** Called by JUnit, for each case. */
  protected TransportContract() {}

  /**
   * Creates the transport that one case drives; the case closes it.
   *
   * @param options what the transport is told; to be obeyed, as cases depend on them
   * @return a new transport
   */
  protected abstract Transport create(TransportOptions options);

  /**
   * Returns what the transport can do; everything if not overridden.
   *
   * @return the capabilities, of which each missing one replaces a promise by a weaker one
   */
  protected Set<TransportCapability> capabilities() {
    return EnumSet.allOf(TransportCapability.class);
  }

  /**
   * Returns how long a case waits for what must happen before it fails; 20 seconds if not overridden. A sound transport
   * never uses it up.
   *
   * @return a positive duration
   */
  protected Duration mustHappenWithin() {
    return MUST_HAPPEN_WITHIN;
  }

  @Nested
  final class Requests extends RequestCases {
    Requests() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Answers extends AnswerCases {
    Answers() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Bodies extends BodyCases {
    Bodies() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Heads extends HeadCases {
    Heads() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Connections extends ConnectionCases {
    Connections() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Cancelling extends CancelCases {
    Cancelling() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Closing extends CloseCases {
    Closing() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Tls extends TlsCases {
    Tls() {
      super(TransportContract.this);
    }
  }

  @Nested
  final class Surroundings extends SurroundingsCases {
    Surroundings() {
      super(TransportContract.this);
    }
  }
}
