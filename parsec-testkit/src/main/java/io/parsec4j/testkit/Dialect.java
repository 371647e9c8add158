// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

/** The two ways in which the service was seen to answer. */
public enum Dialect {
  /**
   * As the vendor documents it: a sign-in is answered with 200 and {@code {"data":{"id":…}}}, and hosts have the
   * documented fields alone.
   */
  DOCUMENTED,

  /**
   * As public clients of the live service have it: a sign-in is answered with 201 and {@code session_id} among others,
   * and hosts have fields that are not documented.
   */
  LIVE
}
