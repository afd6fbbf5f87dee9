package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How to reach the source, and what to take of it.
///
/// @param logins a [Login] that always holds, or whatever renews one
/// @param flavor which system views to read; empty asks the server
/// @param sourceName names this source in the rows of a shared target; empty takes the host's first
///   label and the database, such as `my-cluster/dev`
/// @param queryGroup the label by which the server's queues know these queries
/// @param options further properties of the driver
/// @param transactions in which rows are read
/// @param searchPath where a job's own query looks names up; empty for where the user would
public record RedshiftSettings(
    Logins logins,
    Encryption encryption,
    Optional<Flavor> flavor,
    Optional<String> sourceName,
    Optional<String> queryGroup,
    Limits limits,
    Map<String, String> options,
    Transactions transactions,
    List<Identifier> searchPath) {

  /// Would break a promise: with its ring buffer the driver ends a broken stream without an error,
  /// and a connection that may write could.
  private static final Set<String> FIXED_OPTIONS =
      Set.of(
          DriverProperties.RING_BUFFER,
          "readonly",
          "readonlymode",
          "user",
          "uid",
          "password",
          "pwd",
          "host",
          "port",
          "dbname");

  /// Without a search path.
  public RedshiftSettings(
      Logins logins,
      Encryption encryption,
      Optional<Flavor> flavor,
      Optional<String> sourceName,
      Optional<String> queryGroup,
      Limits limits,
      Map<String, String> options,
      Transactions transactions) {
    this(
        logins,
        encryption,
        flavor,
        sourceName,
        queryGroup,
        limits,
        options,
        transactions,
        List.of());
  }

  public RedshiftSettings {
    options = Map.copyOf(options);
    searchPath = List.copyOf(searchPath);
    for (String option : options.keySet()) {
      if (FIXED_OPTIONS.contains(option.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "source.options must not set %s; remove it".formatted(option));
      }
    }
    queryGroup.ifPresent(group -> {
      if (group.isEmpty() || !group.matches("[^'\\\\\\p{Cntrl}]{1,320}")) {
        throw new IllegalArgumentException(
            "a query group is 1 to 320 characters without quotes and backslashes");
      }
    });
    if (sourceName.filter(String::isBlank).isPresent()) {
      throw new IllegalArgumentException("a source's name must not be blank");
    }
  }

  /// Reads in plain transactions.
  public RedshiftSettings(
      Logins logins,
      Encryption encryption,
      Optional<Flavor> flavor,
      Optional<String> sourceName,
      Optional<String> queryGroup,
      Limits limits,
      Map<String, String> options) {
    this(logins, encryption, flavor, sourceName, queryGroup, limits, options, Transactions.PLAIN);
  }

  public RedshiftSettings with(Transactions chosen) {
    return new RedshiftSettings(
        logins, encryption, flavor, sourceName, queryGroup, limits, options, chosen);
  }

  /// Full verification, the flavor from the server, no query group, default limits.
  public static RedshiftSettings defaults(Logins logins) {
    return new RedshiftSettings(
        logins,
        new Encryption(TlsMode.VERIFY_FULL, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Limits.defaults(),
        Map.of());
  }

  /// What names this source in the rows of a shared target.
  public String name() {
    Endpoint endpoint = logins.endpoint();
    return sourceName.orElseGet(() -> label(endpoint.host()) + "/" + endpoint.database());
  }

  /// A name up to its first dot; an address has no labels and stays whole.
  private static String label(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    return address || !host.contains(".") ? host : host.substring(0, host.indexOf('.'));
  }

  /// Where the server is and who asks; one that always holds.
  public record Login(String host, int port, String database, String user, Secret password)
      implements Logins {

    public Login {
      requireText(host, "host");
      requireText(database, "database");
      requireText(user, "user");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("a port is 1 to 65535, was " + port);
      }
    }

    private static void requireText(String value, String what) {
      if (value.isBlank()) {
        throw new IllegalArgumentException("the source's %s must not be blank".formatted(what));
      }
    }

    @Override
    public Login next() {
      return this;
    }

    @Override
    public boolean refused(Login login) {
      return false;
    }

    @Override
    public Endpoint endpoint() {
      return Endpoint.source(host, port, database, user);
    }
  }

  /// @param rootCertificate the authority to trust, as PEM; empty trusts those Java knows
  public record Encryption(TlsMode mode, Optional<Path> rootCertificate) {}

  /// What may be used of the server, the network and this machine.
  ///
  /// @param maxConnections open at the same time, over all jobs
  /// @param connectTimeout for the TCP connection
  /// @param loginTimeout for all that comes before the first statement
  /// @param socketTimeout the longest silence of the server, computing a query's first rows
  ///   included
  /// @param fetchBytes about how much the driver may hold of rows that were not asked for yet
  /// @param batchBytes about how much heap a batch may hold; a larger row goes alone
  public record Limits(
      int maxConnections,
      Duration connectTimeout,
      Duration loginTimeout,
      Duration socketTimeout,
      long fetchBytes,
      long batchBytes) {

    private static final long MEGABYTE = 1L << 20;

    public Limits {
      if (maxConnections < 1) {
        throw new IllegalArgumentException(
            "max_connections must be at least 1, was " + maxConnections);
      }
      requireSeconds(connectTimeout, "connect timeout");
      requireSeconds(loginTimeout, "login timeout");
      requireSeconds(socketTimeout, "socket timeout");
      if (fetchBytes < 1 || batchBytes < 1) {
        throw new IllegalArgumentException("a budget of bytes must be positive");
      }
    }

    public static Limits defaults() {
      return new Limits(
          4,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(15),
          MEGABYTE,
          2 * MEGABYTE);
    }

    // the driver counts in seconds, and takes 0 for "wait for ever"
    private static void requireSeconds(Duration timeout, String what) {
      if (timeout.toSeconds() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "the source's %s must be 1s to 24d, was %s".formatted(what, timeout));
      }
    }
  }
}
