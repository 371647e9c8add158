// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON codec over Jakarta JSON Binding: {@link io.parsec4j.json.JsonbCodec}, found through {@link
 * io.parsec4j.json.JsonbCodecProvider} when an application names none.
 *
 * <p>Every type here may be used by several threads at once. Null arguments throw {@link
 * NullPointerException} unless said otherwise.
 */
@NullMarked
package io.parsec4j.json;

import org.jspecify.annotations.NullMarked;
