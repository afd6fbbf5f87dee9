package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.data.Orders;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An initial load of a small table beside one of a table ten times as large: what a row costs must
/// not depend on how many there are.
final class ScaleBenchmark implements Benchmark {

  private static final double MOST = 1.1;
  private static final String SMALL = "scale_small";
  private static final String LARGE = "scale_large";

  private final long few;
  private final long many;

  /// @param rows of the usual table of orders, which is between the two
  ScaleBenchmark(long rows) {
    this.few = rows / 5;
    this.many = few * 10;
  }

  @Override
  public String name() {
    return "g";
  }

  @Override
  public String title() {
    return "ten times the rows";
  }

  @Override
  public String jobs() {
    return "jobs:\n" + job(SMALL) + job(LARGE);
  }

  private static String job(String table) {
    return "  %s: { source: { table: public.%1$s }, target: bench.%1$s, key: [id], schedule: manual, mode: incremental, watermark: { column: updated_at, lookback: 0s } }%n"
        .formatted(table);
  }

  @Override
  public void prepare(BenchEnvironment benchEnvironment) throws SQLException {
    make(benchEnvironment, SMALL, few);
    make(benchEnvironment, LARGE, many);
  }

  private static void make(BenchEnvironment benchEnvironment, String table, long rows)
      throws SQLException {
    Orders.create(benchEnvironment.sourceAdmin(), "public." + table, rows);
    benchEnvironment.atSource(
        "create index on public.%s (updated_at)".formatted(table),
        "vacuum (analyze) public." + table);
    Orders.create(benchEnvironment.targetAdmin(), "bench." + table, 0);
    benchEnvironment.atTarget("alter table bench.%s add primary key (id)".formatted(table));
  }

  @Override
  public List<Contestant> contestants(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) {
    return List.of(lane(serviceProcess, SMALL, few), lane(serviceProcess, LARGE, many));
  }

  private static Contestant lane(ServiceProcess serviceProcess, String table, long rows) {
    return new Contestant(
        named(rows),
        "public." + table,
        Optional.of(new Contestant.Copy("public." + table, "bench." + table)),
        () -> Optional.of(serviceProcess.run(table)));
  }

  private static String named(long rows) {
    return String.format(Locale.ROOT, "%s, %,d rows", Contestant.QUPERSYNC, rows);
  }

  @Override
  public void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws Exception {
    for (String table : List.of(SMALL, LARGE)) {
      benchEnvironment.atTarget("truncate bench." + table);
      serviceProcess.forgetWatermark(table);
    }
    benchEnvironment.atTarget("checkpoint");
  }

  @Override
  public List<Goal> goals(Measured measured) {
    double growth =
        Medians.ofRatios(
                measured.of(named(many)).all(Cost::seconds),
                measured.of(named(few)).all(Cost::seconds))
            * few
            / many;
    return List.of(
        new Goal(
            String.format(Locale.ROOT, "cost per row, %,d to %,d rows", few, many),
            "itself",
            String.format(Locale.ROOT, "at most %.1f ×", MOST),
            String.format(Locale.ROOT, "%.2f ×", growth),
            growth <= MOST));
  }
}
