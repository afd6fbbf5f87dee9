package io.qupersync.sandbox.standin;

/// Why Redshift refuses a relation in a transaction that was declared read-only.
public enum ReadOnlyRefusal {
  /// A table of a datashare, of Spectrum or of a federated query, which the server enters into its
  /// own catalog when a session reads it for the first time.
  EXTERNAL_TABLE(
      "XX000",
      "Failed to incorporate external table \"%s\".\"%s\" into local catalog. Error=transaction is read-only"),

  /// A view over a materialized view that must be refreshed first.
  STALE_MATERIALIZED_VIEW(
      "25006", "cannot execute REFRESH MATERIALIZED VIEW in a read-only transaction"),

  /// A query for which the server makes a temporary table behind the scenes.
  TEMPORARY_TABLE("25006", "transaction is read-only");

  private final String sqlState;
  private final String message;

  ReadOnlyRefusal(String sqlState, String message) {
    this.sqlState = sqlState;
    this.message = message;
  }

  String sqlState() {
    return sqlState;
  }

  String message(String schema, String relation) {
    return message.formatted(schema, relation);
  }
}
