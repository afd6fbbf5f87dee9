package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/// Reads all clocks before and after a piece of work.
final class Meter {

  private static final String WAL = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";

  private final Connection target;
  private final long program;
  private final OptionalLong sourceServer;
  private final OptionalLong targetServer;
  private final long self = ProcessHandle.current().pid();

  private Meter(
      long program, Connection target, OptionalLong sourceServer, OptionalLong targetServer) {
    this.program = program;
    this.target = target;
    this.sourceServer = sourceServer;
    this.targetServer = targetServer;
  }

  /// Servers on this machine, which are measured too.
  ///
  /// @param program the process id of QuperSync
  /// @param source a superuser's connection
  /// @param target a superuser's connection
  static Meter beside(long program, Connection source, Connection target) throws SQLException {
    return new Meter(
        program, target, OptionalLong.of(postmaster(source)), OptionalLong.of(postmaster(target)));
  }

  /// Servers wherever, whose processor time nobody here can see.
  static Meter fromAfar(long program, Connection target) {
    return new Meter(program, target, OptionalLong.empty(), OptionalLong.empty());
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
        cpu(sourceServer),
        cpu(targetServer),
        ProcessMeter.cpu(self),
        number(target, WAL));
  }

  private static double cpu(OptionalLong server) {
    return server.isPresent() ? ProcessMeter.cpuOfFamily(server.getAsLong()) : 0;
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
