package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Reads all clocks before and after a piece of work.
final class Meter {

  private static final String WAL = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

  private final Connection target;
  private final long program;
  private final long sourceServer;
  private final long targetServer;
  private final long self = ProcessHandle.current().pid();

  /// @param program the process id of QuperSync
  /// @param source a superuser's connection
  /// @param target a superuser's connection
  Meter(long program, Connection source, Connection target) throws SQLException {
    this.program = program;
    this.target = target;
    this.sourceServer = postmaster(source);
    this.targetServer = postmaster(target);
  }

  /// Something worth measuring.
  interface Effort {
    void run() throws Exception;
  }

  Cost of(Effort effort) throws Exception {
    ProcessMeter.forgetPeak(program);
    Reading before = read();
    long begin = System.nanoTime();
    effort.run();
    long nanos = System.nanoTime() - begin;
    Reading after = read();
    return new Cost(
        nanos / 1e9,
        after.program - before.program,
        after.client - before.client,
        after.source - before.source,
        after.target - before.target,
        after.self - before.self,
        after.wal - before.wal,
        ProcessMeter.peakMemory(program));
  }

  private record Reading(
      double program, double client, double source, double target, double self, long wal) {}

  private Reading read() throws SQLException {
    return new Reading(
        ProcessMeter.cpu(program),
        ProcessMeter.cpuOfEnded(self),
        ProcessMeter.cpuOfFamily(sourceServer),
        ProcessMeter.cpuOfFamily(targetServer),
        ProcessMeter.cpu(self),
        number(target, WAL));
  }

  private static long postmaster(Connection admin) throws SQLException {
    return number(admin, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint");
  }

  private static long number(Connection admin, String sql) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
