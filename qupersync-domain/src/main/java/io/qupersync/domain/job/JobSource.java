package io.qupersync.domain.job;

import io.qupersync.domain.table.TableRef;

/// What a job reads.
public sealed interface JobSource {

  record Table(TableRef table) implements JobSource {}

  record Query(SqlTemplate sql) implements JobSource {}

  /// The nodes of the cluster: roles, addresses and status, which AWS tells and no SQL does.
  record Nodes() implements JobSource {}
}
