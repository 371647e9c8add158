// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.KeySource;
import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The format of session files, sealed with a key and in plain. */
class SessionSealProperties {
  private static final SessionPayload PAYLOAD =
      new SessionPayload("https://example.com", "dude@example.com");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void anySessionIsGivenBack(
      @ForAll("sessions") Session session, @ForAll @Size(32) byte[] key, @ForAll boolean plain)
      throws Exception {
    SessionSeal writer = seal(plain, key);
    SessionSeal reader = seal(plain, key);

    byte[] file = writer.seal(PAYLOAD.encode(session, NOW));

    assertThat(PAYLOAD.decode(reader.open(file))).isEqualTo(session);
  }

  @Property
  void anyFlippedBitIsNoticed(
      @ForAll("sessions") Session session, @ForAll boolean plain, @ForAll int position) {
    SessionSeal seal = seal(plain, new byte[32]);
    byte[] file = seal.seal(PAYLOAD.encode(session, NOW));
    int bit = Math.floorMod(position, file.length * 8);

    file[bit / 8] ^= (byte) (1 << bit % 8);

    assertThatThrownBy(() -> seal.open(file)).isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void anyCutIsNoticed(
      @ForAll("sessions") Session session, @ForAll boolean plain, @ForAll int position) {
    SessionSeal seal = seal(plain, new byte[32]);
    byte[] file = seal.seal(PAYLOAD.encode(session, NOW));
    byte[] cut = Arrays.copyOf(file, Math.floorMod(position, file.length));

    assertThatThrownBy(() -> seal.open(cut)).isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void anythingAddedIsNoticed(
      @ForAll("sessions") Session session,
      @ForAll boolean plain,
      @ForAll @Size(min = 1, max = 50) byte[] added) {
    SessionSeal seal = seal(plain, new byte[32]);
    byte[] file = seal.seal(PAYLOAD.encode(session, NOW));

    assertThatThrownBy(() -> seal.open(SessionFile.join(file, added)))
        .isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void anyOtherBytesAreRefused(@ForAll @Size(max = 200) byte[] bytes, @ForAll boolean plain) {
    assertThatThrownBy(() -> seal(plain, new byte[32]).open(bytes))
        .isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void anyOtherKeyIsRefused(
      @ForAll("sessions") Session session,
      @ForAll @Size(32) byte[] key,
      @ForAll @Size(32) byte[] other) {
    Assume.that(!Arrays.equals(key, other));
    byte[] file = seal(false, key).seal(PAYLOAD.encode(session, NOW));

    assertThatThrownBy(() -> seal(false, other).open(file))
        .isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void theSameSessionNeverMakesTheSameFile(@ForAll("sessions") Session session) {
    SessionSeal seal = seal(false, new byte[32]);

    assertThat(seal.seal(PAYLOAD.encode(session, NOW)))
        .isNotEqualTo(seal.seal(PAYLOAD.encode(session, NOW)));
  }

  /** Whoever has the key may have written anything: what is not a session is refused without a crash. */
  @Property
  void anyPayloadIsASessionOrRefused(@ForAll @Size(max = 100) byte[] payload) {
    assertThatThrownBy(() -> PAYLOAD.decode(payload)).isInstanceOf(CorruptSessionException.class);
  }

  @Property
  void fieldsOfLaterVersionsAreSkipped(
      @ForAll("sessions") Session session,
      @ForAll @IntRange(min = 100, max = 255) int tag,
      @ForAll @Size(max = 300) byte[] value)
      throws Exception {
    byte[] field = {(byte) tag, (byte) (value.length >> 8), (byte) value.length};
    byte[] extended =
        SessionFile.join(PAYLOAD.encode(session, NOW), SessionFile.join(field, value));

    assertThat(PAYLOAD.decode(extended)).isEqualTo(session);
  }

  @Provide
  Arbitrary<Session> sessions() {
    Arbitrary<String> ids =
        Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(4_096);
    Arbitrary<String> texts = Arbitraries.strings()
        .all()
        .ofMaxLength(100)
        .filter(text -> text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
    Arbitrary<Instant> times = Combinators.combine(
            Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
    return Combinators.combine(
            ids,
            texts.list().ofMaxSize(3),
            Arbitraries.longs().optional(),
            texts.optional().list().ofSize(3),
            times.optional())
        .as((id, roles, userId, names, expiresAt) -> {
          Session.Builder session = Session.builder(SessionId.of(id)).roles(roles);
          session = userId.map(session::userId).orElse(session);
          session = names.get(0).map(session::hostPeerId).orElse(session);
          session = names.get(1).map(session::clientPeerId).orElse(session);
          session = names.get(2).map(session::instanceId).orElse(session);
          return expiresAt.map(session::expiresAt).orElse(session).build();
        });
  }

  private static SessionSeal seal(boolean plain, byte[] key) {
    return plain ? SessionSeal.plain() : SessionSeal.keyed(KeySource.raw(key));
  }
}
