// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.benchmarks.stack;

import java.util.List;

/** The stacks, each with what it needs to run: in a JVM for itself, a stack has no other jars and no other settings. */
public enum Peer {
  PARSEC_JDK(Parsec.class, "jdk", Jars.PARSEC, "parsec-transport-jdk-"),
  PARSEC_JDK_ASYNC(ParsecAsync.class, "jdk", Jars.PARSEC, "parsec-transport-jdk-"),
  PARSEC_APACHE(Parsec.class, "apache", Jars.PARSEC, "parsec-transport-apache-", Jars.APACHE),
  JDK_DISCARDING(JdkDiscarding.class, ""),
  JDK_JACKSON(JdkJackson.class, "", Jars.JACKSON),
  OKHTTP_MOSHI(OkHttpMoshi.class, "", Jars.OKHTTP, "moshi-"),
  RETROFIT_MOSHI(RetrofitMoshi.class, "", Jars.OKHTTP, "moshi-|retrofit-|converter-moshi-"),
  RETROFIT_JACKSON(
      RetrofitJackson.class, "", Jars.OKHTTP, Jars.JACKSON, "retrofit-|converter-jackson-"),
  FEIGN_JACKSON(FeignJackson.class, "", Jars.JACKSON, "feign-"),
  METHANOL_JACKSON(MethanolJackson.class, "", Jars.JACKSON, "methanol-"),
  APACHE_DISCARDING(ApacheDiscarding.class, "", Jars.APACHE),
  APACHE_FRESH(ApacheFresh.class, "", Jars.APACHE),
  APACHE_JACKSON(ApacheJackson.class, "", Jars.APACHE, Jars.JACKSON);

  private final String className;
  private final String transport;
  private final String jars;

  Peer(Class<? extends Stack> stack, String transport, String... jars) {
    this.className = stack.getName();
    this.transport = transport;
    this.jars = "(" + String.join("|", jars) + ").*";
  }

  /** Returns the name of the class that {@link Stack#create} takes. */
  public String className() {
    return className;
  }

  /** Returns the flags of the JVM. */
  public List<String> flags() {
    return transport.isEmpty() ? List.of() : List.of("-Dparsec4j.transport=" + transport);
  }

  /** Returns whether it needs the jar of that name at run time. */
  public boolean needs(String jar) {
    return jar.matches(jars);
  }

  /** How names of jars begin, as alternatives of a regular expression. */
  private static final class Jars {
    static final String APACHE = "httpc(lient|ore)5-|slf4j-";
    static final String JACKSON = "jackson-(annotations|core|databind)-";
    static final String OKHTTP = "okhttp-jvm-|okio-jvm-|kotlin-stdlib-\\d|annotations-13";
    static final String PARSEC = "parsec-(api|json)-|jakarta\\.json|yasson-|parsson-|slf4j-";
  }
}
