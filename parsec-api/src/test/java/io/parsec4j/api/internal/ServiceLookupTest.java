// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parsec4j.api.ParsecClient;
import io.parsec4j.api.ParsecConfigurationException;
import io.parsec4j.api.fixture.Bench;
import io.parsec4j.api.spi.Codec;
import io.parsec4j.api.spi.CodecProvider;
import io.parsec4j.api.spi.Transport;
import io.parsec4j.api.spi.TransportOptions;
import io.parsec4j.api.spi.TransportProvider;
import io.parsec4j.api.spi.TransportRequest;
import io.parsec4j.api.spi.TransportResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The class loader of the core knows no providers here, so that each test reaches its own through the context class
 * loader: classes copied into a folder, as a class path has them.
 */
class ServiceLookupTest {
  private static final String REMEDY = "hand one to ParsecClient.builder().transport(...)";
  private static final String ADD = "no transport was found;"
      + " add parsec-transport-jdk or parsec-transport-apache to the class path or module path, or "
      + REMEDY;

  @TempDir
  Path folder;

  private ClassLoader before;

  @BeforeEach
  void keepTheClassLoader() {
    before = Thread.currentThread().getContextClassLoader();
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
    System.clearProperty("parsec4j.transport");
    System.clearProperty("parsec4j.codec");
  }

  @Test
  void findsNone() {
    provide();

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage(ADD);
  }

  @Test
  void findsNoneWithoutAContextClassLoader() {
    Thread.currentThread().setContextClassLoader(null);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage(ADD);
  }

  @Test
  void findsNoCodec() {
    provide();

    assertThatThrownBy(() -> ServiceLookup.codecs().create(CodecProvider::create))
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("no codec was found; add parsec-json to the class path or module path, or"
            + " hand one to ParsecClient.builder().codec(...)");
  }

  @Test
  void takesTheOnlyOne() {
    provide(Alpha.class);

    assertThat(find()).hasToString("from alpha");
  }

  @Test
  void takesTheOneOfTheHighestPriority() {
    provide(Alpha.class, Strong.class, Omega.class);

    assertThat(find()).hasToString("from strong");
  }

  @Test
  void refusesToChooseBetweenEquals() {
    provide(Omega.class, Weak.class, Alpha.class);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("2 transports have the highest priority, 0; choose one by the system property"
            + " parsec4j.transport, or " + REMEDY + "; found: " + found(Alpha.class, "alpha") + ", "
            + found(Omega.class, "omega") + ", " + found(Weak.class, "weak"));
  }

  @Test
  void takesTheOneThatThePropertyNames() {
    provide(Alpha.class, Strong.class, Weak.class);
    System.setProperty("parsec4j.transport", "weak");

    assertThat(find()).hasToString("from weak");
  }

  @Test
  void namesAllIfThePropertyNamesAnother() {
    provide(Strong.class, Alpha.class);
    System.setProperty("parsec4j.transport", "gamma");

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("no transport is named 'gamma', as the system property parsec4j.transport asks;"
            + " set it to the name of one that was found, or remove it; found: "
            + found(Alpha.class, "alpha") + ", " + found(Strong.class, "strong"));
  }

  @Test
  void refusesToChooseBetweenTwoOfTheNameThatIsAskedFor() {
    provide(Alpha.class, OtherAlpha.class, Strong.class);
    System.setProperty("parsec4j.transport", "alpha");

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage(
            "2 transports are named 'alpha', as the system property parsec4j.transport asks;"
                + " remove all but one, or " + REMEDY + "; found: " + found(Alpha.class, "alpha")
                + ", "
                + found(OtherAlpha.class, "alpha") + ", " + found(Strong.class, "strong"));
  }

  @Test
  void passesTheOptionsOfTheClientOn() {
    provide(Telling.class);
    Codec codec = new NoCodec();
    Duration connectTimeout = Duration.ofMillis(1_234);

    ParsecClient.builder()
        .codec(codec)
        .transportOptions(
            TransportOptions.builder().connectTimeout(connectTimeout).build())
        .build()
        .close();

    assertThat(System.getProperty("parsec4j.test.options")).isEqualTo("PT1.234S");
    System.clearProperty("parsec4j.test.options");
  }

  @Test
  void takesAGoodOneBesideBrokenOnes() {
    provide(
        ThrowingConstructor.class,
        NotAProvider.class,
        NeedsAMissingClass.class,
        ExtendsAMissingClass.class,
        ThrowingName.class,
        Nameless.class,
        Alpha.class,
        NoConstructor.class);

    assertThat(find()).hasToString("from alpha");
  }

  @Test
  void takesAGoodOneBehindAMissingClass() throws IOException {
    provideLines("com.example.Missing", "# a comment", Alpha.class.getName());

    assertThat(find()).hasToString("from alpha");
  }

  @Test
  void saysWhatIsWrongWithBrokenOnes() throws IOException {
    copy(ThrowingConstructor.class, NotAProvider.class, NeedsAMissingClass.class, Nameless.class);
    provideLines(
        "com.example.Missing",
        ThrowingConstructor.class.getName(),
        NotAProvider.class.getName(),
        NeedsAMissingClass.class.getName(),
        Nameless.class.getName());

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage(ADD + "; found but broken:"
            + " java.util.ServiceConfigurationError: " + TransportProvider.class.getName()
            + ": Provider com.example.Missing not found, "
            + broken(ThrowingConstructor.class) + "java.lang.IllegalStateException: no luck, "
            + "java.util.ServiceConfigurationError: " + TransportProvider.class.getName()
            + ": " + NotAProvider.class.getName() + " not a subtype, "
            + broken(NeedsAMissingClass.class) + "java.lang.NoClassDefFoundError: "
            + Missing.class.getName().replace('.', '/') + ", "
            + broken(Nameless.class) + "java.lang.NullPointerException: name");
  }

  @Test
  void saysWhatIsWrongIfTheChosenOneIsBroken() {
    provide(Alpha.class, ThrowingConstructor.class);
    System.setProperty("parsec4j.transport", "throwing");

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("no transport is named 'throwing', as the system property parsec4j.transport"
            + " asks; set it to the name of one that was found, or remove it; found: "
            + found(Alpha.class, "alpha") + "; found but broken: "
            + broken(ThrowingConstructor.class) + "java.lang.IllegalStateException: no luck");
  }

  @Test
  void reportsAServicesFileThatCannotBeRead() throws IOException {
    provideLines("not a class name", Alpha.class.getName());

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessageStartingWith(ADD + "; found but broken: java.util.ServiceConfigurationError: ")
        .hasMessageContaining("Illegal configuration-file syntax");
  }

  @Test
  void reportsTwentyBrokenOnesAtMost() throws IOException {
    String[] lines = IntStream.rangeClosed(1, 100)
        .mapToObj(i -> "com.example.Missing" + i)
        .toArray(String[]::new);
    provideLines(lines);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessageContaining("Provider com.example.Missing20 not found")
        .hasMessageNotContaining("Missing21");
  }

  @Test
  void namesTheOneThatCannotCreate() {
    provide(ThrowingCreate.class);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("the transport " + found(ThrowingCreate.class, "create")
            + " could not be created: java.lang.IllegalStateException: library too old; " + REMEDY)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesTheOneThatCreatesNull() {
    provide(NullCreate.class);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("the transport " + found(NullCreate.class, "null")
            + " could not be created: the provider returned null; " + REMEDY)
        .hasNoCause();
  }

  @Test
  void namesTheOneWhoseLibraryIsMissing() {
    provide(MissingLibrary.class);

    assertThatThrownBy(this::find)
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("the transport " + found(MissingLibrary.class, "library")
            + " could not be created: java.lang.NoClassDefFoundError: "
            + Missing.class.getName().replace('.', '/') + "; " + REMEDY)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void servesTheBuilderOfAClient() throws Exception {
    copy(SimpleCodec.class, NoCodec.class);
    provideLines(Alpha.class.getName());
    lines(CodecProvider.class, SimpleCodec.class.getName());
    ParsecClient client = ParsecClient.create();

    assertThat(Bench.hosts(client)).isNotDone();
    client.close();
    client.close();

    assertThat(System.getProperty("parsec4j.test.closed")).isEqualTo("1");
    System.clearProperty("parsec4j.test.closed");
  }

  @Test
  void isNotAskedForWhatWasHandedIn() {
    provide(ThrowingCreate.class);

    ParsecClient client = new Bench().client();

    assertThat(Bench.hosts(client)).isNotDone();
  }

  @Test
  void looksForTheCodecThatThePropertyNames() throws IOException {
    provide();
    copy(SimpleCodec.class);
    lines(CodecProvider.class, SimpleCodec.class.getName());
    System.setProperty("parsec4j.codec", "other");

    assertThatThrownBy(() -> ServiceLookup.codecs().create(CodecProvider::create))
        .isInstanceOf(ParsecConfigurationException.class)
        .hasMessage("no codec is named 'other', as the system property parsec4j.codec asks; set it"
            + " to the name of one that was found, or remove it; found: "
            + found(SimpleCodec.class, "simple"));
  }

  private Transport find() {
    return ServiceLookup.transports()
        .create(provider -> provider.create(TransportOptions.defaults()));
  }

  private String found(Class<?> type, String name) {
    return name + " (" + type.getName() + " in " + place() + ")";
  }

  private String broken(Class<?> type) {
    return type.getName() + " in " + place() + ": ";
  }

  private String place() {
    try {
      return folder.toUri().toURL().toString();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void provide(Class<?>... providers) {
    try {
      copy(providers);
      provideLines(Arrays.stream(providers).map(Class::getName).toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void provideLines(String... lines) throws IOException {
    lines(TransportProvider.class, lines);
    copy(Named.class, NamedTransport.class, Alpha.class);
    Thread.currentThread().setContextClassLoader(new ClassPath(folder));
  }

  private void lines(Class<?> service, String... lines) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(service.getName()), List.of(lines));
  }

  private void copy(Class<?>... types) throws IOException {
    for (Class<?> type : types) {
      String file = type.getName().replace('.', '/') + ".class";
      Path copy = folder.resolve(file);
      Files.createDirectories(copy.getParent());
      try (InputStream bytes = type.getClassLoader().getResourceAsStream(file)) {
        Files.write(copy, bytes.readAllBytes());
      }
    }
  }

  /** Loads the copies, and not the originals in the module under test, whose services a class path does not show. */
  private static final class ClassPath extends URLClassLoader {
    private static final String PREFIX = ServiceLookupTest.class.getName() + "$";

    ClassPath(Path folder) throws MalformedURLException {
      super(new URL[] {folder.toUri().toURL()}, ServiceLookupTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PREFIX)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }

  /** A provider with a name and a priority whose transport prints its name. */
  public abstract static class Named implements TransportProvider {
    private final String name;
    private final int priority;

    protected Named(String name, int priority) {
      this.name = name;
      this.priority = priority;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public Transport create(TransportOptions options) {
      return new NamedTransport("from " + name);
    }
  }

  /** A transport that prints its name. */
  public static final class NamedTransport implements Transport {
    private final String name;

    public NamedTransport(String name) {
      this.name = name;
    }

    @Override
    public CompletableFuture<TransportResponse> send(TransportRequest request) {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      int times = Integer.getInteger("parsec4j.test.closed", 0);
      System.setProperty("parsec4j.test.closed", Integer.toString(times + 1));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static final class Alpha extends Named {
    public Alpha() {
      super("alpha", 0);
    }
  }

  public static final class OtherAlpha extends Named {
    public OtherAlpha() {
      super("alpha", -1);
    }
  }

  /** Tells through a system property what it was told: the test's class loader does not know this copy. */
  public static final class Telling extends Named {
    public Telling() {
      super("telling", 0);
    }

    @Override
    public Transport create(TransportOptions options) {
      System.setProperty("parsec4j.test.options", options.connectTimeout().toString());
      return super.create(options);
    }
  }

  public static final class Omega extends Named {
    public Omega() {
      super("omega", 0);
    }
  }

  public static final class Weak extends Named {
    public Weak() {
      super("weak", -5);
    }
  }

  public static final class Strong extends Named {
    public Strong() {
      super("strong", 7);
    }
  }

  public static final class ThrowingConstructor extends Named {
    public ThrowingConstructor() {
      super("throwing", 0);
      throw new IllegalStateException("no luck");
    }
  }

  public static final class NotAProvider {}

  /** Not copied. */
  public static class Missing extends Named {
    protected Missing() {
      super("missing", 0);
    }
  }

  public static final class NeedsAMissingClass extends Named {
    public NeedsAMissingClass() {
      super(new Missing().name(), 0);
    }
  }

  public static final class ExtendsAMissingClass extends Missing {}

  public static final class ThrowingName extends Named {
    public ThrowingName() {
      super("throwing", 0);
    }

    @Override
    public String name() {
      throw new IllegalStateException("no name");
    }
  }

  public static final class Nameless extends Named {
    public Nameless() {
      super(null, 99);
    }
  }

  public static final class NoConstructor extends Named {
    public NoConstructor(String name) {
      super(name, 0);
    }
  }

  public static final class ThrowingCreate extends Named {
    public ThrowingCreate() {
      super("create", 0);
    }

    @Override
    public Transport create(TransportOptions options) {
      throw new IllegalStateException("library too old");
    }
  }

  public static final class NullCreate extends Named {
    public NullCreate() {
      super("null", 0);
    }

    @Override
    public Transport create(TransportOptions options) {
      return null;
    }
  }

  public static final class MissingLibrary extends Named {
    public MissingLibrary() {
      super("library", 0);
    }

    @Override
    public Transport create(TransportOptions options) {
      return new Missing().create(options);
    }
  }

  /** A codec that nobody uses. */
  public static final class SimpleCodec implements CodecProvider {
    @Override
    public String name() {
      return "simple";
    }

    @Override
    public Codec create() {
      return new NoCodec();
    }
  }

  public static final class NoCodec implements Codec {
    @Override
    public byte[] encode(Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T decode(byte[] json, Class<T> type) {
      throw new UnsupportedOperationException();
    }
  }
}
