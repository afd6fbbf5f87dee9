package io.qupersync.infrastructure.jdbc;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which properties of a database driver a configuration may set: those that tune the connection.
/// What decides where it goes, who logs in, how it is encrypted, which code is loaded, or how
/// values and names are read and written has a key of its own in the configuration, or is fixed.
/// Immutable.
///
/// @param section the section of the configuration whose `options` these are
/// @param names in lower case
public record AllowedOptions(String section, Set<String> names) {

  /// Properties that both drivers have. The client's certificate adds to the verification of the
  /// server, and weakens nothing.
  private static final Set<String> SHARED =
      Set.of(
          "applicationname",
          "cancelsignaltimeout",
          "connecttimeout",
          "hostrecheckseconds",
          "loadbalancehosts",
          "logintimeout",
          "logunclosedconnections",
          "preparedstatementcachequeries",
          "preparedstatementcachesizemib",
          "preparethreshold",
          "receivebuffersize",
          "sendbuffersize",
          "sockettimeout",
          "sslcert",
          "sslkey",
          "sslpassword",
          "targetservertype",
          "tcpkeepalive");

  /// Of the Redshift driver.
  public static final AllowedOptions REDSHIFT = of("source", Set.of("compression"));

  /// Of the PostgreSQL driver.
  public static final AllowedOptions POSTGRES =
      of(
          "target",
          Set.of(
              "channelbinding",
              "gssencmode",
              "gssresponsetimeout",
              "gssusedefaultcreds",
              "jaasapplicationname",
              "jaaslogin",
              "kerberosservername",
              "localsocketaddress",
              "maxsendbuffersize",
              "pemkeyalgorithm",
              "requireauth",
              "scrammaxiterations",
              "sslresponsetimeout",
              "tcpnodelay"));

  public AllowedOptions {
    names = Set.copyOf(names);
  }

  private static AllowedOptions of(String section, Set<String> more) {
    return new AllowedOptions(
        section,
        Stream.of(SHARED, more)
            .flatMap(Collection::stream)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// @param options by name, without regard to case
  /// @throws IllegalArgumentException when one of them is not allowed
  public void check(Map<String, String> options) {
    for (String option : options.keySet()) {
      if (!names.contains(option.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "%s.options must not set %s; remove it".formatted(section, option));
      }
    }
  }
}
