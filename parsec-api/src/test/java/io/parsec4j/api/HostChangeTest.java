// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parsec4j.api.fixture.Samples;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostChangeTest {
  private final Host host = Host.builder("peer").build();

  @Test
  void knowsEachFieldThatABuilderSets() throws Exception {
    List<HostField> known = new ArrayList<>();
    for (Method setter : Host.Builder.class.getMethods()) {
      if (setter.getParameterCount() == 1 && setter.getReturnType() == Host.Builder.class) {
        Host.Builder builder = Host.builder("peer");
        setter.invoke(builder, new Samples().of(setter.getParameterTypes()[0]));

        Set<HostField> fields = HostChange.changed(host, builder.build()).fields();

        assertThat(fields).as(setter.getName()).hasSize(1);
        known.addAll(fields);
      }
    }

    assertThat(known).containsExactlyInAnyOrder(HostField.values());
    // A field that no builder method sets would be missed above.
    assertThat(Stream.of(Host.class.getDeclaredFields())
            .filter(field -> !field.isSynthetic() && !field.getName().equals("peerId")))
        .hasSameSizeAs(known);
  }

  @Test
  void listsWhatIsDifferentInTheOrderOfTheFields() {
    Host changed = Host.builder("peer").online(true).name("LEBOWSKI").players(3).build();

    assertThat(HostChange.changed(host, changed).fields())
        .containsExactly(HostField.NAME, HostField.PLAYERS, HostField.ONLINE)
        .isUnmodifiable();
  }

  @Test
  void hasTheHostBeforeUnlessItAppeared() {
    assertThat(HostChange.appeared(host).before()).isEmpty();
    assertThat(HostChange.gone(host).before()).contains(host);
    assertThat(HostChange.gone(host).host()).isEqualTo(host);
  }

  @Test
  void hasNoFieldsUnlessTheHostChanged() {
    assertThat(HostChange.appeared(host).fields()).isEmpty();
    assertThat(HostChange.gone(host).fields()).isEmpty();
  }

  @Test
  void refusesAChangeOfNothingAndOfAnotherHost() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostChange.changed(host, host))
        .withMessageContaining("must have the same peer ID and differ in something else");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostChange.changed(host, Host.builder("other").build()));
  }

  @Test
  void readsAsASentence() {
    Host named = Host.builder("peer").name("LEBOWSKI").build();

    assertThat(HostChange.changed(host, named))
        .hasToString("HostChange[CHANGED, Host[LEBOWSKI, , 0/0, peer], [NAME]]");
    assertThat(HostsUpdate.of(HostPage.of(List.of(), false), List.of(HostChange.gone(named))))
        .hasToString("HostsUpdate[HostChange[GONE, Host[LEBOWSKI, , 0/0, peer]]]");
  }
}
