package io.qupersync.app.config;

import io.qupersync.app.config.ServerConfig.Role;
import io.qupersync.app.config.ServerConfig.Tls;
import io.qupersync.app.config.ServerConfig.Token;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.interfaces.http.TlsFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the section `server`.
final class ServerReader {

  private static final int HTTP_PORT = 8080;
  private static final String EXAMPLE = "{ name: ops, token: \"${OPS_TOKEN}\", role: operator }";

  private ServerReader() {}

  /// @param directory where relative paths begin
  static ServerConfig read(Section section, Path directory) {
    String host = section.read("host", Values::text).orElse("127.0.0.1");
    List<Section> callers = section.list("tokens", Keys.TOKEN);
    if (callers.isEmpty() && !ConnectionReader.isThisMachine(host)) {
      section.problem(
          section.placeOf("host"),
          "whoever reaches this host could command QuperSync; add tokens: [ %s ], or listen on 127.0.0.1"
              .formatted(EXAMPLE));
    }
    return new ServerConfig(
        host,
        section.read("port", Values.port()).orElse(HTTP_PORT),
        tokens(callers),
        section.find("tls", Keys.TLS).flatMap(tls -> tls(tls, directory)));
  }

  /// Read now as the server will read them later: a wrong file is a wrong configuration.
  private static Optional<Tls> tls(Section section, Path directory) {
    Optional<String> certificate =
        section.required("certificate", Values::text, "'certificate' is missing; name a PEM file");
    Optional<String> key =
        section.required("key", Values::text, "'key' is missing; name a PEM file");
    if (certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    var tls = new Tls(directory.resolve(certificate.get()), directory.resolve(key.get()));
    return section.built(
        section.placeOf("certificate"),
        () -> {
          new TlsFiles(tls.certificate(), tls.key()).check();
          return tls;
        });
  }

  private static List<Token> tokens(List<Section> sections) {
    Set<String> names = new HashSet<>();
    return sections.stream().flatMap(section -> token(section, names).stream()).toList();
  }

  private static Optional<Token> token(Section section, Set<String> names) {
    Optional<String> name = section.required("name", Values::text, missing("name"));
    Optional<Secret> token =
        section.required("token", Values::text, missing("token")).map(Secret::new);
    Optional<Role> role = section.required("role", Values.oneOf(Role.class, '-'), missing("role"));
    if (name.isPresent() && !names.add(name.get())) {
      section.problem(section.placeOf("name"), "this name is given to two tokens; change one");
    }
    return name.isPresent() && token.isPresent() && role.isPresent()
        ? Optional.of(new Token(name.get(), token.get(), role.get()))
        : Optional.empty();
  }

  private static String missing(String key) {
    return "'%s' is missing; write a token as %s".formatted(key, EXAMPLE);
  }
}
