package io.qupersync.application.port;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;

/// A row of a target table.
///
/// @param mapping whose target it is
/// @param key its key's cells, in the order of the job's key; none is NULL
public record TargetRow(TableMapping mapping, Row key) {}
