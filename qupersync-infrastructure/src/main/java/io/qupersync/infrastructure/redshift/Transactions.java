package io.qupersync.infrastructure.redshift;

/// In what kind of transaction rows are read.
public enum Transactions {
  /// Lets every query run. Nothing that one may have written stays: the transaction is always
  /// rolled back.
  PLAIN,

  /// Declared as read-only to the server. Redshift refuses there what it must write something for
  /// itself: tables of a datashare, of Spectrum and of federated queries, views over a stale
  /// materialized view, queries for which it makes temporary tables behind the scenes.
  ///
  /// @see <a href="https://github.com/awslabs/mcp/issues/3342">Datashare and external tables</a>
  /// @see <a href="https://github.com/trinodb/trino/issues/793">Temporary tables</a>
  READ_ONLY
}
