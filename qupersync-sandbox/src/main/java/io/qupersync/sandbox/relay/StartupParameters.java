package io.qupersync.sandbox.relay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a Redshift client announces when it logs in, and what of it PostgreSQL is told.
final class StartupParameters {
  /// PostgreSQL refuses a log-in with a parameter it does not know.
  private static final Set<String> UNKNOWN_TO_POSTGRES =
      Set.of(
          "driver_version",
          "os_version",
          "client_protocol_version",
          "driver_discovery_version",
          "plugin_name",
          "idp_type",
          "provider_name",
          "token_type",
          "identity_namespace",
          "idc_client_display_name",
          "_pq_.compression");

  private StartupParameters() {}

  /// The body of a start-up packet for PostgreSQL, made from the client's.
  static byte[] forPostgres(byte[] body) {
    Map<String, String> parameters = read(body);
    parameters.keySet().removeAll(UNKNOWN_TO_POSTGRES);
    parameters.merge(
        "search_path",
        SettingStatements.CATALOG + ", \"$user\", public",
        (asked, _) -> SettingStatements.CATALOG + ", " + asked);
    // Redshift stems from PostgreSQL 8.0, where a backslash in a literal is an escape
    parameters.put("standard_conforming_strings", "off");
    parameters.put("escape_string_warning", "off");
    return ProtocolBytes.startupBody(ProtocolBytes.int32(body, 0), parameters);
  }

  static String user(byte[] body) {
    return read(body).getOrDefault("user", "");
  }

  private static Map<String, String> read(byte[] body) {
    String[] texts =
        new String(Arrays.copyOfRange(body, 4, body.length), StandardCharsets.UTF_8)
            .split("\0", -1);
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i + 1 < texts.length && !texts[i].isEmpty(); i += 2) {
      parameters.put(texts[i], texts[i + 1]);
    }
    return parameters;
  }
}
