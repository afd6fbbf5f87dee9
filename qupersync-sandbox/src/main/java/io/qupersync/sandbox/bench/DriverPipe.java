package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/// The same as with psql, for a machine that has none: the driver passes the bytes on.
final class DriverPipe implements Pipe {

  private final Endpoint source;
  private final Endpoint target;

  DriverPipe(Endpoint source, Endpoint target) {
    this.source = source;
    this.target = target;
  }

  @Override
  public String name() {
    return "pgjdbc, as there is no psql here";
  }

  @Override
  public void copy(String query, String table) throws SQLException {
    try (Connection from = source.connect();
        Connection to = target.connect()) {
      pass(
          open(from, query),
          copying(to).copyIn("copy %s from stdin (format binary)".formatted(table)));
    }
  }

  @Override
  public void read(String query) throws SQLException {
    try (Connection from = source.connect()) {
      CopyOut rows = open(from, query);
      byte[] some = rows.readFromCopy();
      while (some != null) {
        some = rows.readFromCopy();
      }
    }
  }

  private static CopyOut open(Connection from, String query) throws SQLException {
    return copying(from).copyOut("copy (%s) to stdout (format binary)".formatted(query));
  }

  @Override
  public void atTarget(String sql) throws SQLException {
    try (Connection to = target.connect();
        Statement statement = to.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void upsertInTurn(List<Transfer> transfers) throws SQLException {
    try (Connection from = source.connect();
        Connection to = target.connect();
        Statement statement = to.createStatement()) {
      to.setAutoCommit(false);
      for (Transfer transfer : transfers) {
        statement.execute(transfer.stage());
        pass(copying(from).copyOut(transfer.copyOut()), copying(to).copyIn(transfer.copyIn()));
        statement.execute(transfer.merge());
        to.commit();
      }
    }
  }

  private static CopyManager copying(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  private static void pass(CopyOut rows, CopyIn sink) throws SQLException {
    byte[] some = rows.readFromCopy();
    while (some != null) {
      sink.writeToCopy(some, 0, some.length);
      some = rows.readFromCopy();
    }
    sink.endCopy();
  }
}
