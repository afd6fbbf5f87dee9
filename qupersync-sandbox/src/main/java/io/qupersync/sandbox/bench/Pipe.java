package io.qupersync.sandbox.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How rows get from one PostgreSQL to the other without QuperSync: in binary form, passed on
/// unread.
interface Pipe {

  /// Straight to the source's PostgreSQL, past the relay; by psql where there is one.
  static Pipe between(Endpoint source, Endpoint target) {
    return onPath("psql")
        .<Pipe>map(psql -> new PsqlPipe(psql, source, target))
        .orElseGet(() -> new DriverPipe(source, target));
  }

  private static Optional<Path> onPath(String command) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// What it is, in words.
  String name();

  /// Copies the rows of a query of the source into a table of the target.
  void copy(String query, String table) throws Exception;

  /// Reads the rows of a query of the source and throws them away.
  void read(String query) throws Exception;

  /// Executes a statement at the target.
  void atTarget(String sql) throws Exception;

  /// Rows of the source, and the table of the target that they are to be merged into.
  record Transfer(String query, TableSql into) {

    /// Where the rows lie until they are merged, for one transaction.
    static final String STAGE = "incoming";

    String stage() {
      return "create temporary table %s (like %s) on commit drop".formatted(STAGE, into.table());
    }

    String copyIn() {
      return "copy %s from stdin".formatted(STAGE);
    }

    String copyOut() {
      return "copy (%s) to stdout".formatted(query);
    }

    String merge() {
      return into.upsertFrom(STAGE);
    }
  }

  /// One after the other, a transaction each, over one connection to either side.
  void upsertInTurn(List<Transfer> transfers) throws Exception;
}
