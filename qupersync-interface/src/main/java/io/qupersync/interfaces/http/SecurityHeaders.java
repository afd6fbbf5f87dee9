package io.qupersync.interfaces.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// What every answer tells browsers not to do.
final class SecurityHeaders {

  private static final String POLICY =
      "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
  private static final String TWO_YEARS = "max-age=63072000";

  private SecurityHeaders() {}

  /// @param encrypted whether the server speaks TLS, so that browsers may insist on it
  static Map<String, String> of(boolean encrypted) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Security-Policy", POLICY);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    // what a status said a second ago may be wrong by now
    headers.put("Cache-Control", "no-store");
    if (encrypted) {
      headers.put("Strict-Transport-Security", TWO_YEARS);
    }
    return headers;
  }
}
