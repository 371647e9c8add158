// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The names of all fields that are read, each with a number below 64 by which a set of them fits into a {@code long}. */
final class FieldNames {
  static final String BUILD = "build";
  static final String CLIENT_PEER_ID = "client_peer_id";
  static final String DATA = "data";
  static final String DESCRIPTION = "description";
  static final String EMAIL = "email";
  static final String ERROR = "error";
  static final String EVENT_NAME = "event_name";
  static final String EXPIRES_AT = "expires_at";
  static final String EXTERNAL_ID = "external_id";
  static final String EXTERNAL_PROVIDER = "external_provider";
  static final String GAME_ID = "game_id";
  static final String GUEST_ACCESS = "guest_access";
  static final String HAS_MORE = "has_more";
  static final String HAS_TFA = "has_tfa";
  static final String HASH = "hash";
  static final String HOST_PEER_ID = "host_peer_id";
  static final String ID = "id";
  static final String INSTANCE_ID = "instance_id";
  static final String INTERVAL = "interval";
  static final String MAX_PLAYERS = "max_players";
  static final String MODE = "mode";
  static final String NAME = "name";
  static final String ONLINE = "online";
  static final String PEER_ID = "peer_id";
  static final String PLAYERS = "players";
  static final String PUBLIC = "public";
  static final String ROLES = "roles";
  static final String SELF = "self";
  static final String SESSION = "session";
  static final String SESSION_ID = "session_id";
  static final String TEAM_ID = "team_id";
  static final String TFA_REQUIRED = "tfa_required";
  static final String TFA_TYPE = "tfa_type";
  static final String USER = "user";
  static final String USER_CODE = "user_code";
  static final String USER_ID = "user_id";
  static final String VERIFICATION_URI = "verification_uri";
  static final String WARP = "warp";

  /** The number of no name. */
  static final int UNKNOWN = -1;

  private static final String[] NAMES = {
    BUILD,
    CLIENT_PEER_ID,
    DATA,
    DESCRIPTION,
    EMAIL,
    ERROR,
    EVENT_NAME,
    EXPIRES_AT,
    EXTERNAL_ID,
    EXTERNAL_PROVIDER,
    GAME_ID,
    GUEST_ACCESS,
    HAS_MORE,
    HAS_TFA,
    HASH,
    HOST_PEER_ID,
    ID,
    INSTANCE_ID,
    INTERVAL,
    MAX_PLAYERS,
    MODE,
    NAME,
    ONLINE,
    PEER_ID,
    PLAYERS,
    PUBLIC,
    ROLES,
    SELF,
    SESSION,
    SESSION_ID,
    TEAM_ID,
    TFA_REQUIRED,
    TFA_TYPE,
    USER,
    USER_CODE,
    USER_ID,
    VERIFICATION_URI,
    WARP
  };
  static final int COUNT = NAMES.length;

  private static final int SLOTS = 256;
  private static final char[] @Nullable [] TEXTS = new char[SLOTS][];
  private static final int[] NUMBERS = new int[SLOTS];

  static {
    for (int number = 0; number < COUNT; number++) {
      char[] text = NAMES[number].toCharArray();
      int slot = slot(text, 0, text.length);
      while (TEXTS[slot] != null) {
        slot = slot + 1 & SLOTS - 1;
      }
      TEXTS[slot] = text;
      NUMBERS[slot] = number;
    }
  }

  private FieldNames() {}

  /** {@return the name of a number} */
  static String name(int number) {
    return NAMES[number];
  }

  /** {@return the number of the name in {@code text} from {@code from} to before {@code to}, or {@link #UNKNOWN}} */
  static int find(char[] text, int from, int to) {
    if (from == to) {
      return UNKNOWN;
    }
    int slot = slot(text, from, to);
    for (char[] name = TEXTS[slot]; name != null; name = TEXTS[slot]) {
      if (Arrays.equals(name, 0, name.length, text, from, to)) {
        return NUMBERS[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return UNKNOWN;
  }

  private static int slot(char[] text, int from, int to) {
    return ((to - from) * 31 + text[from]) * 31 + text[to - 1] & SLOTS - 1;
  }
}
