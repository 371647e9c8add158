// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.internal.AnswerReader;
import io.parsec4j.api.internal.CallSpec;
import io.parsec4j.api.spi.ApprovalBody;
import io.parsec4j.api.spi.AuthCodeBody;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.EnterpriseSessionBody;
import io.parsec4j.api.spi.Headers;
import io.parsec4j.api.spi.SignInBody;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each call of the service sends, where to, and how its answer is read. */
final class Requests {
  private static final int MAX_SMALL_ANSWER_BYTES = 64 * 1024;

  private final Codec codec;
  private final URI signInUri;
  private final String base;
  private final Headers headers;
  private final int maxHostsBytes;

  /** Takes addresses that were checked; {@code base} is that of all calls but the sign-in. */
  Requests(Codec codec, String signInBase, String base, Headers headers, int maxHostsBytes) {
    this.codec = codec;
    this.signInUri = URI.create(signInBase + "/v1/auth");
    this.base = base;
    this.headers = headers;
    this.maxHostsBytes = maxHostsBytes;
  }

  CallSpec<Session> signIn(Credentials credentials) {
    requireNonNull(credentials, "credentials");
    Optional<String> code = credentials.tfaCode();
    String password = credentials.revealPassword();
    List<String> secrets = new ArrayList<>(List.of(password));
    code.ifPresent(secrets::add);
    return post(
        signInUri,
        headers,
        SignInBody.of(credentials.email(), password, code),
        AnswerReader.ofSignIn(codec, code.isPresent(), secrets));
  }

  CallSpec<HostPage> hosts(Session session, HostQuery query) {
    requireNonNull(session, "session");
    requireNonNull(query, "query");
    StringBuilder uri = new StringBuilder(base).append("/v2/hosts");
    query.mode().ifPresent(mode -> appendParameter(uri, "mode", mode.value()));
    query.isPublic().ifPresent(isPublic -> appendParameter(uri, "public", isPublic.toString()));
    return get(uri.toString(), session, Operation.HOSTS, HostPage.class, maxHostsBytes);
  }

  CallSpec<AuthCode> authCode(String gameId) {
    return post(
        URI.create(base + "/auth/codes"),
        headers,
        AuthCodeBody.of(PlainText.check("gameId", gameId)),
        AnswerReader.of(codec, Operation.AUTH_CODE, AuthCode.class, List.of()));
  }

  CallSpec<Optional<Session>> approval(AuthCode code) {
    String hash = code.revealHash();
    return post(
        URI.create(base + "/auth/sessions"),
        headers,
        ApprovalBody.of(hash),
        AnswerReader.ofApproval(codec, List.of(hash, code.userCode())));
  }

  CallSpec<Session> enterpriseSession(ApiKey key, String externalId) {
    String secret = requireNonNull(key, "key").reveal();
    return post(
        URI.create(base + "/enterprise/sessions"),
        headers.toBuilder().add("x-api-key", secret).build(),
        EnterpriseSessionBody.of(PlainText.check("externalId", externalId)),
        AnswerReader.of(codec, Operation.ENTERPRISE_SESSION, Session.class, List.of(secret)));
  }

  CallSpec<Account> account(Session session) {
    requireNonNull(session, "session");
    return get(base + "/me", session, Operation.ACCOUNT, Account.class, MAX_SMALL_ANSWER_BYTES);
  }

  private <T> CallSpec<T> get(
      String uri, Session session, Operation operation, Class<T> type, int maxAnswerBytes) {
    String token = session.id().reveal();
    return CallSpec.get(
        URI.create(uri),
        headers.toBuilder().add("Authorization", "Bearer " + token).build(),
        maxAnswerBytes,
        AnswerReader.of(codec, operation, type, List.of(token)));
  }

  private <T> CallSpec<T> post(URI uri, Headers some, Object body, AnswerReader<T> reader) {
    Headers all = some.toBuilder().add("Content-Type", "application/json").build();
    return CallSpec.post(uri, all, encode(body), MAX_SMALL_ANSWER_BYTES, reader);
  }

  private byte[] encode(Object value) {
    try {
      return requireNonNull(codec.encode(value), "encode");
    } catch (RuntimeException | StackOverflowError e) {
      // What a JSON library says may quote the password, so only the kind of error is passed on.
      throw new IllegalStateException(
          "the codec " + codec.getClass().getName() + " could not encode a "
              + value.getClass().getSimpleName() + ": " + e.getClass().getName());
    }
  }

  private static void appendParameter(StringBuilder uri, String name, String value) {
    uri.append(uri.indexOf("?") < 0 ? '?' : '&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** {@return the addresses of the sign-in and of the hosts} */
  @Override
  public String toString() {
    return signInUri + ", " + base + "/v2/hosts";
  }
}
