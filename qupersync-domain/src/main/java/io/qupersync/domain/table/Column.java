package io.qupersync.domain.table;

/// A column of a table or of a query's result.
public record Column(String name, ColumnType type, boolean nullable) {}
