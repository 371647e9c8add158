// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.squareup.moshi.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of hosts, as Jackson and Moshi bind it most cheaply: to public fields. */
public final class Page {
  public List<Host> data = List.of();

  @Json(name = "has_more")
  @JsonProperty("has_more")
  public boolean hasMore;

  /** A host. */
  public static final class Host {
    @Json(name = "peer_id")
    @JsonProperty("peer_id")
    public @Nullable String peerId;

    public @Nullable User user;

    @Json(name = "game_id")
    @JsonProperty("game_id")
    public @Nullable String gameId;

    public @Nullable String build;
    public @Nullable String description;

    @Json(name = "max_players")
    @JsonProperty("max_players")
    public int maxPlayers;

    public @Nullable String mode;
    public String name = "";
    public int players;

    @Json(name = "public")
    @JsonProperty("public")
    public boolean isPublic;

    public boolean self;

    @Json(name = "event_name")
    @JsonProperty("event_name")
    public @Nullable String eventName;

    @Json(name = "guest_access")
    @JsonProperty("guest_access")
    public @Nullable Boolean guestAccess;

    public @Nullable Boolean online;
  }

  /** Who owns a host. */
  public static final class User {
    public long id;
    public @Nullable String name;
    public boolean warp;

    @Json(name = "team_id")
    @JsonProperty("team_id")
    public @Nullable String teamId;

    @Json(name = "external_id")
    @JsonProperty("external_id")
    public @Nullable String externalId;

    @Json(name = "external_provider")
    @JsonProperty("external_provider")
    public @Nullable String externalProvider;
  }

  /** Returns what a program shows of it. */
  public List<String> names() {
    return data.stream().map(host -> host.name).toList();
  }
}
