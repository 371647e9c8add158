// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import io.parsec4j.api.Session;
import io.parsec4j.api.SessionId;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is sealed in a session file: a session, and the address and account that it is for.
 *
 * <p>Each field is a tag (1 byte), a length (2, big-endian) and a text in UTF-8. A reader skips tags that it does not
 * know, so that fields can be added.
 */
public final class SessionPayload {
  private static final int MAX_BYTES = 8 * 1024;

  private static final int ADDRESS = 1;
  private static final int ACCOUNT = 2;
  private static final int SESSION_ID = 3;
  private static final int SAVED_AT = 4;
  private static final int USER_ID = 5;
  private static final int HOST_PEER_ID = 6;
  private static final int INSTANCE_ID = 7;
  private static final int CLIENT_PEER_ID = 8;
  private static final int ROLE = 9;
  private static final int EXPIRES_AT = 10;

  private final String address;
  private final String account;

  public SessionPayload(String address, String account) {
    this.address = address;
    this.account = account;
  }

  /**
   * Encodes a session.
   *
   * @throws IllegalArgumentException if it has a text that is not well-formed Unicode, or is too long
   */
  public byte[] encode(Session session, Instant now) {
    Writer out = new Writer();
    out.put(ADDRESS, address);
    out.put(ACCOUNT, account);
    out.put(SESSION_ID, session.id().reveal());
    out.put(SAVED_AT, now.toString());
    session.userId().ifPresent(id -> out.put(USER_ID, Long.toString(id)));
    session.hostPeerId().ifPresent(id -> out.put(HOST_PEER_ID, id));
    session.instanceId().ifPresent(id -> out.put(INSTANCE_ID, id));
    session.clientPeerId().ifPresent(id -> out.put(CLIENT_PEER_ID, id));
    session.roles().forEach(role -> out.put(ROLE, role));
    session.expiresAt().ifPresent(time -> out.put(EXPIRES_AT, time.toString()));
    return out.bytes();
  }

  /** Decodes a session that is for this address and account. */
  public Session decode(byte[] payload) throws CorruptSessionException {
    try {
      Reader in = new Reader(ByteBuffer.wrap(payload));
      if (!in.required(ADDRESS).equals(address)) {
        throw CorruptSessionException.ofAnotherStore(
            "has a session for another address of the service; give each address a file of its own");
      }
      if (!in.required(ACCOUNT).equals(account)) {
        throw CorruptSessionException.ofAnotherStore(
            "has a session for another account; give each account a file of its own");
      }
      Session.Builder session = Session.builder(SessionId.of(in.required(SESSION_ID)));
      session = in.optional(USER_ID).map(Long::valueOf).map(session::userId).orElse(session);
      session = in.optional(HOST_PEER_ID).map(session::hostPeerId).orElse(session);
      session = in.optional(INSTANCE_ID).map(session::instanceId).orElse(session);
      session = in.optional(CLIENT_PEER_ID).map(session::clientPeerId).orElse(session);
      session =
          in.optional(EXPIRES_AT).map(Instant::parse).map(session::expiresAt).orElse(session);
      return session.roles(in.all(ROLE)).build();
    } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException e) {
      throw new CorruptSessionException("has no session that this version of the library can read");
    }
  }

  /** Collects fields. */
  private static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void put(int tag, String text) {
      byte[] utf8 = utf8(text);
      if (out.size() + 3 + utf8.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "session must take " + MAX_BYTES + " bytes at most, with address and account");
      }
      out.write(tag);
      out.write(utf8.length >> 8);
      out.write(utf8.length);
      out.write(utf8, 0, utf8.length);
    }

    private static byte[] utf8(String text) {
      try {
        ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] utf8 = new byte[buffer.remaining()];
        buffer.get(utf8);
        return utf8;
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(
            "session must be well-formed Unicode, with address and account");
      }
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }

  /**
   * Finds fields. Throws {@link BufferUnderflowException} or {@link IllegalArgumentException} if they are malformed.
   */
  private static final class Reader {
    private final Map<Integer, List<byte[]>> fields = new HashMap<>();

    Reader(ByteBuffer in) {
      while (in.hasRemaining()) {
        int tag = Byte.toUnsignedInt(in.get());
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        fields.computeIfAbsent(tag, t -> new ArrayList<>()).add(text);
      }
    }

    Optional<String> optional(int tag) {
      List<String> texts = all(tag);
      if (texts.size() > 1) {
        throw new IllegalArgumentException("field " + tag + " is there twice");
      }
      return texts.stream().findFirst();
    }

    List<String> all(int tag) {
      return fields.getOrDefault(tag, List.of()).stream()
          .map(Reader::text)
          .collect(Collectors.toUnmodifiableList());
    }

    String required(int tag) {
      return optional(tag).orElseThrow(() -> new IllegalArgumentException("no field " + tag));
    }

    private static String text(byte[] utf8) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("a field is not UTF-8");
      }
    }
  }
}
