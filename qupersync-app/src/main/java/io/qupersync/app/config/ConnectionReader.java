package io.qupersync.app.config;

import io.qupersync.app.config.document.SourceLocation;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// Reads the keys that every database connection has.
final class ConnectionReader {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "::1", "[::1]");

  private final Section section;
  private final Path directory;

  /// @param directory where relative paths begin
  ConnectionReader(Section section, Path directory) {
    this.section = section;
    this.directory = directory;
  }

  /// A key that must be there; an empty text where it is not, which nobody gets to see.
  String required(String key) {
    return requireGiven(key) ? section.read(key, Values::text).orElse("") : "";
  }

  /// May be empty, for a server that asks for none.
  Secret password() {
    return requireGiven("password")
        ? section.read("password", Secret::new).orElseGet(() -> new Secret(""))
        : new Secret("");
  }

  private boolean requireGiven(String key) {
    if (section.has(key)) {
      return true;
    }
    String path = section.pathOf(key);
    String variable = EnvironmentLayer.variableFor(path).orElseThrow();
    if (section.place() instanceof SourceLocation.InEnvironment) {
      section.bareProblem(
          new SourceLocation.InEnvironment(variable),
          "is not set; set it, or write %s in qupersync.yaml".formatted(path));
    } else {
      section.bareProblem(
          section.place(), "%s is missing; write it, or set %s".formatted(path, variable));
    }
    return false;
  }

  int port(int standard) {
    return section.read("port", Values.port()).orElse(standard);
  }

  /// Full verification, unless the host is this machine: then nothing leaves it, and a local
  /// database rarely has a certificate.
  TlsMode ssl(String host) {
    return section
        .read("ssl", Values.oneOf(TlsMode.class, '-'))
        .orElse(isThisMachine(host) ? TlsMode.DISABLE : TlsMode.VERIFY_FULL);
  }

  static boolean isThisMachine(String host) {
    return THIS_MACHINE.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
  }

  Optional<Path> sslRootCert() {
    return section.read("ssl_root_cert", this::certificate);
  }

  private Path certificate(String text) {
    Path path = directory.resolve(text);
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException(
          "file %s cannot be read; name a PEM file with the authority's certificate"
              .formatted(text));
    }
    return path;
  }
}
