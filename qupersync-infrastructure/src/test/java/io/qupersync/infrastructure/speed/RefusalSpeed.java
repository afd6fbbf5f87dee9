package io.qupersync.infrastructure.speed;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// How long it takes to find the rows of one transaction that only the database refuses: not a
/// test, run by hand.
public final class RefusalSpeed {

  private static final int ROWS = 20_000;
  private static final List<Column> SOURCE = columns("id", "bigint", "n", "bigint", "u", "text");
  private static final String UUID = "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d";
  private static final SyncJob JOB = aJob().typing("u", "uuid").build();

  private RefusalSpeed() {}

  public static void main(String[] arguments) {
    report("by type, one", i -> false, i -> i == 12_345);
    report("by type, every 10th", i -> false, i -> i % 10 == 0);
    report("by type, all", i -> false, i -> true);
    report("by constraint, one", i -> i == 12_345, i -> false);
    report("by constraint, every 10th", i -> i % 10 == 0, i -> false);
    report("by constraint, all", i -> true, i -> false);
    System.exit(0);
  }

  private static void report(String what, IntPredicate unlawful, IntPredicate mistyped) {
    Row[] rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> row((long) i, unlawful.test(i) ? -1L : i, mistyped.test(i) ? "no uuid" : UUID))
            .toArray(Row[]::new);
    try (PostgresSide side = PostgresSide.open();
        var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.execute("alter table analytics.orders add check (n >= 0)");
      long begin = System.nanoTime();
      RunTally tally = run.commit(rows);
      System.out.printf(
          "%-26s %,7d of %,d rows refused in %.1f s%n",
          what, tally.skipped(), ROWS, (System.nanoTime() - begin) / 1e9);
    }
  }
}
