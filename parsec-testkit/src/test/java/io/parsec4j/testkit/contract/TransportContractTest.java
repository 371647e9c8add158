// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TransportContractTest {
  private static final Pattern CASE = Pattern.compile("must_(T[0-9]+)_.*");
  private static final int GROUP_LETTERS = 2;
  private static final int AT_ONCE = 6;

  /** These count the threads of the JVM or set its defaults. */
  private static final Set<String> ALONE = Set.of("T613", "T7", "T9");

  @Test
  void eachFlawIsNoticedByItsCasesAndByNoOther() throws Exception {
    Map<Flaw, Set<String>> expected = new TreeMap<>();
    EnumSet.complementOf(EnumSet.of(Flaw.NONE)).forEach(flaw -> expected.put(flaw, flaw.cases()));

    Map<Flaw, Set<String>> noticed = new TreeMap<>();
    Map<Flaw, Future<Set<String>>> runs = new TreeMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    expected.keySet().stream()
        .filter(flaw -> !isAlone(flaw))
        .forEach(flaw -> runs.put(flaw, executor.submit(noticing(flaw))));
    executor.shutdown();
    for (Map.Entry<Flaw, Future<Set<String>>> run : runs.entrySet()) {
      noticed.put(run.getKey(), run.getValue().get());
    }
    for (Flaw flaw : expected.keySet()) {
      if (isAlone(flaw)) {
        noticed.put(flaw, noticing(flaw).call());
      }
    }

    assertThat(noticed).isEqualTo(expected);
  }

  @Test
  void noFlawIsThereForNothing() {
    assertThat(EnumSet.complementOf(EnumSet.of(Flaw.NONE)))
        .allSatisfy(flaw -> assertThat(flaw.cases()).isNotEmpty());
  }

  @Test
  void eachCaseHasANumberOfItsOwnAndAFlawThatItNotices() {
    List<String> cases = new ArrayList<>();
    LauncherFactory.create()
        .discover(request(Flaw.NONE, Set.of("T")))
        .getRoots()
        .forEach(root -> cases.addAll(casesUnder(root)));
    Set<String> covered = EnumSet.allOf(Flaw.class).stream()
        .flatMap(flaw -> flaw.cases().stream())
        .collect(Collectors.toCollection(TreeSet::new));

    assertThat(cases).isNotEmpty().doesNotHaveDuplicates();
    assertThat(new TreeSet<>(cases)).isEqualTo(covered);
  }

  private static List<String> casesUnder(TestIdentifier root) {
    List<String> cases = new ArrayList<>();
    LauncherFactory.create()
        .discover(request(Flaw.NONE, Set.of("T")))
        .getDescendants(root)
        .forEach(child -> numberOf(child.getDisplayName()).ifPresent(cases::add));
    return cases;
  }

  /** Runs the groups to which the flaw's cases belong and tells which cases fail. */
  private static Callable<Set<String>> noticing(Flaw flaw) {
    return () -> {
      Set<String> failed = ConcurrentHashMap.newKeySet();
      LauncherFactory.create().execute(request(flaw, groupsOf(flaw)), new TestExecutionListener() {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
          if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failed.add(numberOf(test.getDisplayName()).orElse(test.getDisplayName()));
          }
        }
      });
      return new TreeSet<>(failed);
    };
  }

  private static LauncherDiscoveryRequest request(Flaw flaw, Set<String> groups) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(FlawedContract.class))
        .configurationParameter(FlawedContract.FLAW, flaw.name())
        .filters(
            EngineFilter.includeEngines("junit-jupiter"),
            (PostDiscoveryFilter) test -> FilterResult.includedIf(isIncluded(flaw, groups, test)))
        .build();
  }

  private static boolean isIncluded(Flaw flaw, Set<String> groups, TestDescriptor test) {
    return numberOf(test.getDisplayName())
        .map(number -> groups.stream().anyMatch(number::startsWith)
            && (isAlone(flaw) || !isAlone(number) || groups.contains("T")))
        .orElse(test.isContainer());
  }

  private static Set<String> groupsOf(Flaw flaw) {
    return flaw.cases().stream()
        .map(number -> number.substring(0, GROUP_LETTERS))
        .collect(Collectors.toSet());
  }

  private static boolean isAlone(Flaw flaw) {
    return flaw.cases().stream().anyMatch(TransportContractTest::isAlone);
  }

  private static boolean isAlone(String number) {
    return ALONE.stream().anyMatch(number::startsWith);
  }

  private static Optional<String> numberOf(String displayName) {
    Matcher matcher = CASE.matcher(displayName);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
