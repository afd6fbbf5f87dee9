package io.qupersync.infrastructure.speed;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How fast the writer writes: not a test, run by hand. Rows of five columns as in the project's
/// measurements, into an empty table and again unchanged.
public final class WriterSpeed {

  private static final int BATCH = 10_000;
  private static final List<Column> SOURCE =
      columns("id", "bigint", "t", "text", "n", "numeric(18,4)", "ts", "timestamp", "b", "boolean");

  private WriterSpeed() {}

  /// @param arguments how many rows, a million unless said
  public static void main(String[] arguments) throws IOException {
    int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    SyncJob job = aJob().build();
    for (int round = 0; round < 3; round++) {
      try (PostgresSide side = PostgresSide.open()) {
        for (String what : List.of("empty", "unchanged")) {
          try (var run = ActiveRun.begin(side, job, SOURCE)) {
            long before = serverTicks(side);
            report(what, rows, run);
            // what counts where others use the machine too
            System.out.printf(
                "%-10s %.2f µs/row CPU in the server's session%n",
                what, (serverTicks(side) - before) * 10_000.0 / rows);
          }
        }
      }
    }
    System.exit(0);
  }

  /// Hundredths of a second, on Linux.
  private static long serverTicks(PostgresSide side) throws IOException {
    String pid = side.value("select pid from pg_stat_activity where application_name like '%run%'");
    String[] fields =
        Files.readString(Path.of("/proc", pid, "stat")).replaceAll("\\(.*\\)", "x").split(" ");
    return Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
  }

  private static void report(String what, int rows, ActiveRun run) {
    long shaping = 0;
    long writing = 0;
    long cpu = 0;
    for (int from = 0; from < rows; from += BATCH) {
      List<Row> read = rows(from, Math.min(rows, from + BATCH));
      long begin = System.nanoTime();
      ShapedBatch shaped = run.mapping().shape(List.of(RowBatch.of(read, 0)));
      long shapedAt = System.nanoTime();
      long cpuBefore = cpuTime();
      run.load().commit(shaped, new BatchStep(from / BATCH + 1L, Optional.empty()));
      cpu += cpuTime() - cpuBefore;
      writing += System.nanoTime() - shapedAt;
      shaping += shapedAt - begin;
    }
    System.out.printf(
        "%-10s %,9d rows: %,8.0f rows/s written, %.2f µs/row shaping, %.2f µs/row CPU writing%n",
        what, rows, rows / (writing / 1e9), shaping / 1e3 / rows, cpu / 1e3 / rows);
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<Row> rows(int from, int to) {
    var rows = new ArrayList<Row>(to - from);
    LocalDateTime begin = LocalDateTime.parse("2026-03-02T08:00:00");
    for (int i = from; i < to; i++) {
      rows.add(
          row(
              (long) i,
              "customer number " + i + " of the great sync",
              BigDecimal.valueOf(i * 12_345L, 4),
              begin.plusNanos(i * 1_000_000L),
              i % 2 == 0));
    }
    return rows;
  }
}
