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
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
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
  private static final Set<String> ALONE = Set.of("T613", "T616", "T7", "T9");

  @Test
  void eachFlawIsNoticedByEachOfItsCases() throws Exception {
    assertThat(noticed(Flaw::cases)).isEqualTo(expected());
  }

  @Test
  @Tag("thorough")
  void noFlawIsNoticedByAnyOtherCaseOfItsGroups() throws Exception {
    assertThat(noticed(TransportContractTest::groupsOf)).isEqualTo(expected());
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

  private static Map<Flaw, Set<String>> expected() {
    Map<Flaw, Set<String>> expected = new TreeMap<>();
    EnumSet.complementOf(EnumSet.of(Flaw.NONE)).forEach(flaw -> expected.put(flaw, flaw.cases()));
    return expected;
  }

  /** Runs, for each flaw, the cases whose numbers begin as told, and tells which fail. */
  private static Map<Flaw, Set<String>> noticed(Function<Flaw, Set<String>> beginnings)
      throws Exception {
    Map<Flaw, Set<String>> noticed = new TreeMap<>();
    Map<Flaw, Future<Set<String>>> runs = new TreeMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    for (Flaw flaw : expected().keySet()) {
      if (!isAlone(flaw)) {
        runs.put(flaw, executor.submit(failing(flaw, beginnings.apply(flaw))));
      }
    }
    executor.shutdown();
    for (Map.Entry<Flaw, Future<Set<String>>> run : runs.entrySet()) {
      noticed.put(run.getKey(), run.getValue().get());
    }
    for (Flaw flaw : expected().keySet()) {
      if (isAlone(flaw)) {
        noticed.put(flaw, failing(flaw, beginnings.apply(flaw)).call());
      }
    }
    return noticed;
  }

  private static List<String> casesUnder(TestIdentifier root) {
    List<String> cases = new ArrayList<>();
    LauncherFactory.create()
        .discover(request(Flaw.NONE, Set.of("T")))
        .getDescendants(root)
        .forEach(child -> numberOf(child.getDisplayName()).ifPresent(cases::add));
    return cases;
  }

  private static Callable<Set<String>> failing(Flaw flaw, Set<String> beginnings) {
    return () -> {
      Set<String> failed = ConcurrentHashMap.newKeySet();
      LauncherFactory.create().execute(request(flaw, beginnings), new TestExecutionListener() {
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

  private static LauncherDiscoveryRequest request(Flaw flaw, Set<String> beginnings) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(FlawedContract.class))
        .configurationParameter(FlawedContract.FLAW, flaw.name())
        .filters(EngineFilter.includeEngines("junit-jupiter"), (PostDiscoveryFilter)
            test -> FilterResult.includedIf(isIncluded(flaw, beginnings, test)))
        .build();
  }

  private static boolean isIncluded(Flaw flaw, Set<String> beginnings, TestDescriptor test) {
    return numberOf(test.getDisplayName())
        .map(number -> beginnings.stream().anyMatch(number::startsWith)
            && (isAlone(flaw) || !isAlone(number) || beginnings.contains("T")))
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
