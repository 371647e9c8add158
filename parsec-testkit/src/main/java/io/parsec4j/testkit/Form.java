// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit;

import io.parsec4j.testkit.internal.JsonMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the control API asks for a value of a kind: a name, and the members that say more. Immutable. */
final class Form<T> {
  private final String name;
  private final List<String> members;
  private final List<String> furtherMembers;
  private final Function<JsonMembers, T> maker;

  /** Members in brackets may be left out. */
  Form(
      String name,
      List<String> members,
      List<String> furtherMembers,
      Function<JsonMembers, T> maker) {
    this.name = name;
    this.members = members;
    this.furtherMembers = furtherMembers;
    this.maker = maker;
  }

  String name() {
    return name;
  }

  /** The members that go into the factory method of the same name. */
  List<String> members() {
    return members;
  }

  /** The name and the members that it takes of its own. */
  String usage() {
    return String.join(" ", name, String.join(" ", members)).strip();
  }

  /** Makes the value that a member names, of all members but those that the caller reads. */
  static <T> T make(
      List<Form<T>> forms, String choice, JsonMembers members, String... readByCaller) {
    String wanted = members.required(choice);
    Form<T> form = forms.stream()
        .filter(each -> each.name.equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(choice + " must be "
            + JsonMembers.anyOf(forms.stream().map(each -> each.name).collect(Collectors.toList()))
            + ", was " + wanted));
    List<String> allowed = new ArrayList<>(List.of(choice));
    allowed.addAll(List.of(readByCaller));
    form.members.forEach(member -> allowed.add(member.replaceAll("[\\[\\]]", "")));
    allowed.addAll(form.furtherMembers);
    members.requireOnly(allowed);
    return form.maker.apply(members);
  }
}
