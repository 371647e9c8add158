// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

/**
 * Is told how calls go, for metrics and diagnosis. Events carry numbers and names, never a secret.
 *
 * <p>Methods run before the call's own result is handed out, on the thread that called a synchronous method or on the
 * client's executor, never on an I/O thread of a transport; several threads may be in them at once. Keep them short. What
 * they throw is logged and harms no call.
 */
public interface CallListener {

  /**
   * Is told that one attempt has ended; also of one that ended with its call, because the time limit of the call was
   * reached or the call was given up.
   *
   * @param event how it ended, and whether another follows
   * @implSpec The default does nothing.
   */
  default void onAttempt(AttemptEvent event) {}

  /**
   * Is told that a call has ended, after the event of its last attempt; only if the call was given up or reached its time
   * limit at the moment in which that attempt ended, the two events may come at the same time.
   *
   * @param event how it ended
   * @implSpec The default does nothing.
   */
  default void onCall(CallEvent event) {}
}
