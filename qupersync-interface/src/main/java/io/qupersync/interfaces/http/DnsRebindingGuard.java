package io.qupersync.interfaces.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Guards a server without tokens, which trusts this machine, from the machine's own browser: a
/// foreign page could else send requests here, or let its own host name point here and read the
/// answers (DNS rebinding).
final class DnsRebindingGuard {

  private static final Set<String> SAFE_SITES = Set.of("same-origin", "none");

  private DnsRebindingGuard() {}

  /// Why the request must not be served; empty when it may be.
  ///
  /// @param guarded whether the request changes something, or reads what only the own page and
  ///   programs may read: a foreign page could keep the few places of those who listen to events
  /// @param host the header `Host`
  static Optional<String> objectionTo(
      boolean guarded, Optional<String> host, Optional<String> origin, Optional<String> fetchSite) {
    if (!host.map(DnsRebindingGuard::isThisMachine).orElse(false)) {
      return Optional.of(
          "without tokens only this machine is served, by its own name: ask for localhost or 127.0.0.1, or configure server.tokens");
    }
    boolean foreign =
        origin.map(from -> !host.equals(authorityOf(from))).orElse(false)
            || fetchSite.map(site -> !SAFE_SITES.contains(site)).orElse(false);
    return guarded && foreign
        ? Optional.of("another site's page may neither read nor change anything here")
        : Optional.empty();
  }

  private static Optional<String> authorityOf(String origin) {
    try {
      return Optional.ofNullable(URI.create(origin).getAuthority());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static boolean isThisMachine(String host) {
    String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
