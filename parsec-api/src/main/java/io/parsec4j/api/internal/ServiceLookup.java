// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static java.util.Objects.requireNonNull;

import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.spi.CodecProvider;
import io.parsec4j.api.spi.TransportProvider;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider of a back-end: by name if the system property asks for one, else by the highest priority. A provider
 * that cannot be loaded hides no other; whoever gets an error sees every candidate.
 *
 * @param <P> the provider type
 */
public final class ServiceLookup<P> {
  /** A file of services could be broken in every line; the list in a message need not be endless. */
  private static final int MAX_BROKEN = 20;

  private final Class<P> type;
  private final String kind;
  private final Function<P, String> name;
  private final ToIntFunction<P> priority;
  private final String remedy;

  private ServiceLookup(
      Class<P> type,
      String kind,
      Function<P, String> name,
      ToIntFunction<P> priority,
      String remedy) {
    this.type = type;
    this.kind = kind;
    this.name = name;
    this.priority = priority;
    this.remedy = remedy;
  }

  /** Finds transports. */
  public static ServiceLookup<TransportProvider> transports() {
    return new ServiceLookup<>(
        TransportProvider.class,
        "transport",
        TransportProvider::name,
        TransportProvider::priority,
        "add parsec-transport-jdk or parsec-transport-apache");
  }

  /** Finds codecs. */
  public static ServiceLookup<CodecProvider> codecs() {
    return new ServiceLookup<>(
        CodecProvider.class,
        "codec",
        CodecProvider::name,
        CodecProvider::priority,
        "add parsec-json");
  }

  /**
   * Finds a provider and creates its product.
   *
   * @throws ParsecConfigurationException if there is no provider, no single best one, none of the name asked for, or it
   *     fails
   */
  public <R> R create(Function<P, R> product) {
    Candidate<P> chosen = choose(candidates());
    String failed = "the " + kind + " " + chosen + " could not be created: ";
    R created;
    try {
      created = product.apply(chosen.provider);
    } catch (RuntimeException | LinkageError e) {
      throw new ParsecConfigurationException(failed + e + "; " + handInRemedy(), e);
    }
    if (created == null) {
      throw new ParsecConfigurationException(
          failed + "the provider returned null; " + handInRemedy());
    }
    return created;
  }

  private Candidate<P> choose(Found<P> found) {
    String property = "parsec4j." + kind;
    String wanted = System.getProperty(property);
    if (wanted != null) {
      List<Candidate<P>> named = found.usable.stream()
          .filter(candidate -> candidate.name.equals(wanted))
          .collect(Collectors.toList());
      if (named.isEmpty()) {
        throw new ParsecConfigurationException("no " + kind + " is named '" + wanted
            + "', as the system property " + property
            + " asks; set it to the name of one that was found, or remove it" + found);
      }
      if (named.size() > 1) {
        throw new ParsecConfigurationException(named.size() + " " + kind + "s are named '" + wanted
            + "', as the system property " + property + " asks; remove all but one, or "
            + handInRemedy() + found);
      }
      return named.get(0);
    }
    if (found.usable.isEmpty()) {
      throw new ParsecConfigurationException("no " + kind + " was found; " + remedy
          + " to the class path or module path, or " + handInRemedy() + found);
    }
    int highest = found.usable.stream().mapToInt(c -> c.priority).max().orElseThrow();
    List<Candidate<P>> best =
        found.usable.stream().filter(c -> c.priority == highest).collect(Collectors.toList());
    if (best.size() > 1) {
      throw new ParsecConfigurationException(best.size() + " " + kind
          + "s have the highest priority, " + highest + "; choose one by the system property "
          + property + ", or " + handInRemedy() + found);
    }
    return best.get(0);
  }

  private String handInRemedy() {
    return "hand one to ParsecClient.builder()." + kind + "(...)";
  }

  private Found<P> candidates() {
    Found<P> own = load(ServiceLookup.class.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (!own.usable.isEmpty() || context == null) {
      return own;
    }
    Found<P> other = load(context);
    own.broken.stream().filter(b -> !other.broken.contains(b)).forEach(other.broken::add);
    return other;
  }

  private Found<P> load(@Nullable ClassLoader loader) {
    Found<P> found = new Found<>();
    Iterator<ServiceLoader.Provider<P>> providers =
        ServiceLoader.load(type, loader).stream().iterator();
    while (found.broken.size() < MAX_BROKEN) {
      String where = "";
      try {
        if (!providers.hasNext()) {
          break;
        }
        ServiceLoader.Provider<P> next = providers.next();
        where = next.type().getName() + " in " + place(next.type()) + ": ";
        P provider = next.get();
        found.usable.add(new Candidate<>(
            provider, requireNonNull(name.apply(provider), "name"), priority.applyAsInt(provider)));
      } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
        found.broken.add(where + Optional.ofNullable(e.getCause()).orElse(e));
      }
    }
    found.usable.sort(Comparator.comparing(candidate -> candidate.name));
    return found;
  }

  private static String place(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? type.getModule().toString()
        : source.getLocation().toString();
  }

  /** What was found, and what was found broken. */
  private static final class Found<P> {
    private final List<Candidate<P>> usable = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    @Override
    public String toString() {
      String good = usable.stream().map(Candidate::toString).collect(Collectors.joining(", "));
      return (usable.isEmpty() ? "" : "; found: " + good)
          + (broken.isEmpty() ? "" : "; found but broken: " + String.join(", ", broken));
    }
  }

  /** A provider that could be created. */
  private static final class Candidate<P> {
    private final P provider;
    private final String name;
    private final int priority;

    Candidate(P provider, String name, int priority) {
      this.provider = provider;
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String toString() {
      return name + " (" + provider.getClass().getName() + " in " + place(provider.getClass())
          + ")";
    }
  }
}
