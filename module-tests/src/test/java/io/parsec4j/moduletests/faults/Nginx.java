// SPDX-License-Identifier: Apache-2.0
package io.parsec4j.moduletests.faults;

import io.parsec4j.testkit.internal.tls.TestCertificates;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** A real HTTP/2 server that plays the two endpoints; TLS 1.2 and 1.3, on the loopback address. */
final class Nginx implements AutoCloseable {
  private static final String CONFIGURATION = """
      pid FOLDER/nginx.pid;
      error_log FOLDER/error.log;
      events {}
      http {
        log_format line '$request_method $uri $server_protocol';
        access_log FOLDER/access.log line;
        client_body_temp_path FOLDER/body;
        proxy_temp_path FOLDER/proxy;
        fastcgi_temp_path FOLDER/fastcgi;
        uwsgi_temp_path FOLDER/uwsgi;
        scgi_temp_path FOLDER/scgi;
        default_type application/json;
        server {
          listen 127.0.0.1:PORT ssl http2;
          ssl_certificate FOLDER/chain.pem;
          ssl_certificate_key FOLDER/key.pem;
          location /v1/auth { return 200 '{"data":{"id":"0123456789abcdef"}}'; }
          location /v2/hosts { return 200 '{"data":[{"peer_id":"p","name":"LEBOWSKI"}],"has_more":false}'; }
        }
      }
      """;

  private final Path folder;
  private final int port;
  private final SSLContext clientContext;

  private Nginx(Path folder, int port, SSLContext clientContext) {
    this.folder = folder;
    this.port = port;
    this.clientContext = clientContext;
  }

  static boolean isInstalled() {
    return executable() != null;
  }

  private static String executable() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "nginx"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  static Nginx start(Path folder) throws IOException {
    Files.createDirectories(folder);
    TestCertificates certificates = TestCertificates.create();
    certificates.writePem(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("nginx.conf"),
        CONFIGURATION.replace("FOLDER", folder.toString()).replace("PORT", Integer.toString(port)));
    Nginx nginx = new Nginx(folder, port, certificates.client());
    // It goes to the background when it listens, so that there is nothing to wait for.
    nginx.command();
    return nginx;
  }

  private void command(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        executable(),
        "-p",
        folder.toString(),
        "-e",
        folder.resolve("error.log").toString(),
        "-c",
        folder.resolve("nginx.conf").toString()));
    command.addAll(Arrays.asList(more));
    Path output = folder.resolve("output.txt");
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
    process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
    if (process.isAlive() || process.exitValue() != 0) {
      throw new IOException("nginx failed: " + Files.readString(output));
    }
  }

  URI address() {
    return URI.create("https://localhost:" + port);
  }

  SSLContext clientContext() {
    return clientContext;
  }

  /** Stops the server, which completes its log, and returns method, path and protocol of every request. */
  List<String> requestLines() throws IOException {
    close();
    return Files.readAllLines(folder.resolve("access.log"));
  }

  @Override
  public void close() throws IOException {
    Path pid = folder.resolve("nginx.pid");
    if (Files.exists(pid)) {
      ProcessHandle process =
          ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElse(null);
      command("-s", "stop");
      if (process != null) {
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
      }
      Files.deleteIfExists(pid);
    }
  }
}
