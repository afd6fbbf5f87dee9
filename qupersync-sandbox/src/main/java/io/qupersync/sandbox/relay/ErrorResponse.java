package io.qupersync.sandbox.relay;

import java.util.List;

/// An error as the server would send it.
record ErrorResponse(String sqlState, String message) {
  /// After these a server hangs up: shutdowns, timeouts of idle sessions, log-ins it refuses.
  private static final List<String> FATAL =
      List.of("57P01", "57P02", "57P03", "57P05", "25P03", "53300", "28000", "28P01", "3D000");

  boolean fatal() {
    return FATAL.contains(sqlState);
  }

  byte[] bytes() {
    return ProtocolBytes.error(fatal() ? "FATAL" : "ERROR", sqlState, message);
  }
}
