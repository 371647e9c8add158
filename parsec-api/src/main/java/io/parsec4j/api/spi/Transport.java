// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.spi;

import java.util.concurrent.CompletableFuture;

/**
 * Moves the bytes of one HTTP exchange; everything clever (limits in time, retries, errors) is done by its caller.
 *
 * <p>An implementation keeps these promises; {@code TransportContract} of {@code parsec-testkit} tests each of them:
 *
 * <ul>
 *   <li>It may be used by any number of threads at once and never blocks its caller, not even for a name look-up.
 *   <li>Every status is a success. The future fails with a {@link TransportException} and with nothing else; its stage
 *       is {@link io.parsec4j.api.FailureStage#CONNECT} only if no byte of the request can have left.
 *   <li>{@code cancel(true)} on the returned future closes the exchange on the wire; on one that a decorator returns, too.
 *   <li>{@link TransportRequest#openBody()} is called only when the bytes are about to be written to an established
 *       connection. The caller tells from it whether a request may be sent again.
 *   <li>It follows no redirect, repeats no request, keeps no cookie or cache, adds no credentials, asks for no
 *       compression and undoes none.
 *   <li>Header order and repeated fields are kept. Names are compared without regard to case.
 *   <li>A body larger than {@link TransportRequest#maxResponseBytes()}, a head larger than {@link #MAX_HEAD_BYTES} or
 *       one with more than {@link #MAX_HEAD_FIELDS} fields is cut off as
 *       {@link io.parsec4j.api.FailureStage#TOO_LARGE} while it is read.
 *   <li>{@link #close()} may be called again, ends in bounded time, fails what is in flight, and leaves no thread and
 *       no socket.
 * </ul>
 *
 * <p>To intercept exchanges, decorate a transport: it is an interface of one method. A decorator that returns another
 * future than the one it was given passes cancellation on to that one. An {@link AnswerFuture}, which all
 * transports of this project return, does so by itself, so that this decorator is whole:
 *
 * <pre>{@code
 * Transport logging = request -> transport.send(request).whenComplete((answer, failure) -> log(answer, failure));
 * }</pre>
 *
 * <p>Over a transport that returns a plain {@link CompletableFuture}, cancelling that stage would leave the exchange
 * running.
 */
@FunctionalInterface
public interface Transport extends AutoCloseable {

  /** The largest response head, status line included, in bytes: 65,536. */
  int MAX_HEAD_BYTES = 65_536;

  /** The largest number of fields in a response head: 100. */
  int MAX_HEAD_FIELDS = 100;

  /**
   * Sends a request and reads the whole answer.
   *
   * @param request what to send, used for this one exchange only
   * @return a future of the answer, whatever its status; fails with a {@link TransportException} and with nothing else;
   *     {@code cancel(true)} closes the exchange. The caller runs nothing of its own on the thread that completes it
   * @throws IllegalStateException if this transport is closed
   */
  CompletableFuture<TransportResponse> send(TransportRequest request);

  /**
   * Releases connections and threads, and fails what is in flight; a second call does nothing.
   *
   * @implSpec The default does nothing, for transports that own nothing.
   */
  @Override
  default void close() {}
}
