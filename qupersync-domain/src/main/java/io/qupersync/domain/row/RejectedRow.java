package io.qupersync.domain.row;

import java.util.Optional;

/// A row that cannot be written, and why.
///
/// @param source the row as it was read
/// @param column the target column at fault, where one is
/// @param reason says what is wrong, and holds no value of the row
/// @param key the row's key cells, where they could be read; they keep a mirror from deleting the
///   row's former state
public record RejectedRow(Row source, Optional<String> column, String reason, Optional<Row> key) {}
