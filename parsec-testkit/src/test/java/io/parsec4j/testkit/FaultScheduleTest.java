// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultScheduleTest {
  private final FakeParsecServer server = FakeParsecServer.start();
  private final Web web = new Web(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private int hosts() {
    return web.send(web.request("/v2/hosts")).statusCode();
  }

  private int signIn() {
    return web.signIn("{}").statusCode();
  }

  private List<Optional<Fault>> met() {
    return server.requests().stream().map(RecordedRequest::fault).collect(Collectors.toList());
  }

  @Test
  void givesEachRequestOfTheEndpointOneFaultInOrder() {
    server.fail(Endpoint.HOSTS, Fault.status(500), Fault.status(501).times(2));
    server.fail(Endpoint.HOSTS, Fault.status(502));

    assertThat(signIn()).isEqualTo(400);
    assertThat(List.of(hosts(), hosts(), hosts(), hosts(), hosts()))
        .containsExactly(500, 501, 501, 502, 401);
    assertThat(met())
        .containsExactly(
            Optional.empty(),
            Optional.of(Fault.status(500)),
            Optional.of(Fault.status(501).times(2)),
            Optional.of(Fault.status(501).times(2)),
            Optional.of(Fault.status(502)),
            Optional.empty());
    assertThat(server.pendingFaults()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryEndpointFaultsOfItsOwn(Endpoint endpoint) {
    server.fail(endpoint, Fault.status(599));

    for (Endpoint each : Endpoint.values()) {
      int status = web.send(
              web.request(each.path()).method(each.method(), HttpRequest.BodyPublishers.noBody()))
          .statusCode();
      assertThat(status == 599).as(each.path()).isEqualTo(each == endpoint);
    }
    assertThat(server.requests(endpoint))
        .extracting(RecordedRequest::fault)
        .containsExactly(Optional.of(Fault.status(599)));
  }

  @Test
  void givesOneFaultAgainAndAgainUntilItIsCleared() {
    server.fail(Endpoint.HOSTS, Fault.status(500).always(), Fault.status(501));

    assertThat(List.of(hosts(), hosts(), hosts())).containsExactly(500, 500, 500);
    server.clearFaults();

    assertThat(hosts()).isEqualTo(401);
  }

  @Test
  void tellsWhatIsStillToCome() {
    Fault always = Fault.status(503).always();
    server.failConnections(Fault.closeConnection());
    server.clearFaults();
    server.fail(Endpoint.HOSTS, Fault.status(500).times(3), Fault.status(501));
    server.fail(Endpoint.SIGN_IN, always);

    assertThat(server.pendingFaults())
        .containsExactly(Fault.status(500).times(3), Fault.status(501), always);
    assertThat(hosts()).isEqualTo(500);
    assertThat(server.pendingFaults())
        .containsExactly(Fault.status(500).times(2), Fault.status(501), always);
    assertThat(signIn()).isEqualTo(503);
    assertThat(server.pendingFaults())
        .containsExactly(Fault.status(500).times(2), Fault.status(501));
    server.clearFaults();
    assertThat(server.pendingFaults()).isEmpty();
  }

  @Test
  void refusesFaultsOfConnectionsForRequestsAndSchedulesNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.fail(Endpoint.HOSTS, Fault.status(500), Fault.refuseConnection()))
        .withMessage("refuseConnection() meets connections, not requests; use failConnections");
    assertThat(server.pendingFaults()).isEmpty();
  }

  @Test
  void refusesFaultsOfRequestsForConnectionsAndSchedulesNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.failConnections(Fault.closeConnection(), Fault.status(500)))
        .withMessage("status(500) meets requests, not connections; use fail");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> server.failConnections(Fault.stall().afterServing()))
        .withMessage("stall().afterServing() meets requests, not connections; use fail");
    assertThat(server.pendingFaults()).isEmpty();
  }
}
