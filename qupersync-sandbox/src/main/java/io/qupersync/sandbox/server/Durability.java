package io.qupersync.sandbox.server;

import java.util.Map;

/// What an embedded server does about a commit before it answers.
public enum Durability {
  /// Nothing reaches the disk on purpose: for tests and benchmarks. The data may not survive
  /// [EmbeddedServer#crash()].
  FAST,

  /// As in production: a commit that was answered is there after a crash. For drills.
  DURABLE;

  Map<String, String> parameters() {
    return switch (this) {
      case FAST ->
          Map.of(
              "fsync", "off",
              "synchronous_commit", "off",
              "full_page_writes", "off",
              "max_wal_size", "4GB");
      // the library says -F, so fsync must be asked for
      case DURABLE -> Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
    };
  }
}
