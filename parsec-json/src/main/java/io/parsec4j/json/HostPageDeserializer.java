// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.json;

import io.parsec4j.api.Host;
import io.parsec4j.api.HostMode;
import io.parsec4j.api.HostPage;
import io.parsec4j.api.HostUser;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of hosts.
 *
 * <p>Hosts and users are read right here rather than through the binder, which would wrap the parser once more for
 * each of them.
 */
final class HostPageDeserializer implements JsonbDeserializer<HostPage> {

  @Override
  public HostPage deserialize(JsonParser parser, DeserializationContext context, Type type) {
    List<Host> hosts = List.of();
    boolean hasMore = false;
    while (parser.next() == Event.KEY_NAME) {
      switch (parser.getString()) {
        case FieldNames.DATA:
          hosts = hosts(parser);
          break;
        case FieldNames.HAS_MORE:
          hasMore = Fields.flagOrFalse(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }
    return HostPage.of(hosts, hasMore);
  }

  private static List<Host> hosts(JsonParser parser) {
    if (!Fields.array(parser)) {
      return List.of();
    }
    List<Host> hosts = new ArrayList<>();
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      if (event != Event.START_OBJECT) {
        throw Refusal.of("must be an object");
      }
      hosts.add(host(parser));
    }
    return hosts;
  }

  private static Host host(JsonParser parser) {
    @Nullable String peerId = null;
    @Nullable HostUser user = null;
    String gameId = "";
    String build = "";
    String description = "";
    int maxPlayers = 0;
    HostMode mode = HostMode.UNSTATED;
    String name = "";
    int players = 0;
    boolean isPublic = false;
    boolean self = false;
    @Nullable String eventName = null;
    @Nullable Boolean guestAccess = null;
    @Nullable Boolean online = null;
    while (parser.next() == Event.KEY_NAME) {
      switch (parser.getString()) {
        case FieldNames.PEER_ID:
          peerId = peerId(parser);
          break;
        case FieldNames.USER:
          user = Fields.object(parser) ? user(parser) : null;
          break;
        case FieldNames.GAME_ID:
          gameId = Fields.textOrEmpty(parser);
          break;
        case FieldNames.BUILD:
          build = Fields.textOrEmpty(parser);
          break;
        case FieldNames.DESCRIPTION:
          description = Fields.textOrEmpty(parser);
          break;
        case FieldNames.MAX_PLAYERS:
          maxPlayers = Fields.intOrZero(parser);
          break;
        case FieldNames.MODE:
          mode = HostMode.of(Fields.textOrEmpty(parser));
          break;
        case FieldNames.NAME:
          name = Fields.textOrEmpty(parser);
          break;
        case FieldNames.PLAYERS:
          players = Fields.intOrZero(parser);
          break;
        case FieldNames.PUBLIC:
          isPublic = Fields.flagOrFalse(parser);
          break;
        case FieldNames.SELF:
          self = Fields.flagOrFalse(parser);
          break;
        case FieldNames.EVENT_NAME:
          eventName = Fields.text(parser);
          break;
        case FieldNames.GUEST_ACCESS:
          guestAccess = Fields.flag(parser);
          break;
        case FieldNames.ONLINE:
          online = Fields.flag(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }
    if (peerId == null) {
      throw Refusal.missing(FieldNames.PEER_ID);
    }
    Host.Builder host = Host.builder(peerId)
        .gameId(gameId)
        .build(build)
        .description(description)
        .maxPlayers(maxPlayers)
        .mode(mode)
        .name(name)
        .players(players)
        .isPublic(isPublic)
        .self(self);
    if (user != null) {
      host = host.user(user);
    }
    if (eventName != null) {
      host = host.eventName(eventName);
    }
    if (guestAccess != null) {
      host = host.guestAccess(guestAccess);
    }
    if (online != null) {
      host = host.online(online);
    }
    return host.build();
  }

  private static @Nullable String peerId(JsonParser parser) {
    String peerId = Fields.text(parser);
    if (peerId != null && peerId.isEmpty()) {
      throw Refusal.of("must not be empty");
    }
    return peerId;
  }

  private static HostUser user(JsonParser parser) {
    long id = 0;
    String name = "";
    boolean warp = false;
    @Nullable String teamId = null;
    @Nullable String externalId = null;
    @Nullable String externalProvider = null;
    while (parser.next() == Event.KEY_NAME) {
      switch (parser.getString()) {
        case FieldNames.ID:
          id = Fields.longOrZero(parser);
          break;
        case FieldNames.NAME:
          name = Fields.textOrEmpty(parser);
          break;
        case FieldNames.WARP:
          warp = Fields.flagOrFalse(parser);
          break;
        case FieldNames.TEAM_ID:
          teamId = Fields.text(parser);
          break;
        case FieldNames.EXTERNAL_ID:
          externalId = Fields.text(parser);
          break;
        case FieldNames.EXTERNAL_PROVIDER:
          externalProvider = Fields.text(parser);
          break;
        default:
          Fields.skip(parser);
      }
    }
    HostUser.Builder user = HostUser.builder().id(id).name(name).warp(warp);
    if (teamId != null) {
      user = user.teamId(teamId);
    }
    if (externalId != null) {
      user = user.externalId(externalId);
    }
    if (externalProvider != null) {
      user = user.externalProvider(externalProvider);
    }
    return user.build();
  }
}
