package io.qupersync.domain.job;

import io.qupersync.domain.table.TableRef;

/// What a job reads.
public sealed interface JobSource {

  record Table(TableRef table) implements JobSource {}

  record Query(SqlTemplate sql) implements JobSource {}
}
