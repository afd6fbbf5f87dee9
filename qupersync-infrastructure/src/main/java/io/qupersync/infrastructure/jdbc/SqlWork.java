package io.qupersync.infrastructure.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/// What is done on a connection that is lent for it.
@FunctionalInterface
public interface SqlWork<T> {

  T on(Connection connection) throws SQLException;
}
