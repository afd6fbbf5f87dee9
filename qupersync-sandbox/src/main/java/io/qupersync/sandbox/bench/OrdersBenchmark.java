package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.data.Orders;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies orders, from one of several states of the target.
final class OrdersBenchmark implements Benchmark {

  private static final String TABLE = "bench.orders";
  private static final String PSQL = "psql pipe";
  private static final String PLAIN = "plain COPY";

  /// What the target holds at the beginning.
  private enum Start {
    NOTHING,
    /// The rows before the changes.
    BEFORE,
    /// What the source holds.
    NOW,
  }

  /// The works of this kind.
  private enum Kind {
    INITIAL("a", "initial load", Start.NOTHING),
    INCREMENTAL("b", "5 % changed", Start.BEFORE),
    UNCHANGED("c", "nothing changed, all read", Start.NOW),
    MIRROR("d", "mirror, 1 % gone", Start.NOW);

    private final String letter;
    private final String title;
    private final Start start;

    Kind(String letter, String title, Start start) {
      this.letter = letter;
      this.title = title;
      this.start = start;
    }
  }

  private final Kind kind;
  private final long rows;

  private OrdersBenchmark(Kind kind, long rows) {
    this.kind = kind;
    this.rows = rows;
  }

  static List<Benchmark> all(long rows) {
    var works = new ArrayList<Benchmark>();
    for (Kind kind : Kind.values()) {
      works.add(new OrdersBenchmark(kind, rows));
    }
    return works;
  }

  @Override
  public String name() {
    return kind.letter;
  }

  @Override
  public String title() {
    return kind.title;
  }

  @Override
  public String jobs() {
    String mode =
        switch (kind) {
          case INITIAL, INCREMENTAL ->
              "mode: incremental, watermark: { column: updated_at, lookback: 0s }";
          case UNCHANGED -> "mode: upsert";
          case MIRROR -> "mode: mirror";
        };
    return """
    jobs:
      orders: { source: { table: %s }, target: %s, key: [id], schedule: manual, %s }
    """
        .formatted(source(), TABLE, mode);
  }

  private String source() {
    return kind == Kind.MIRROR ? "public.orders_left" : "public.orders";
  }

  /// The rows that have to be read.
  private String query() {
    String all = "select * from " + source();
    return kind == Kind.INCREMENTAL
        ? "%s where updated_at >= '%s'".formatted(all, OrdersData.watermark(rows))
        : all;
  }

  @Override
  public void prepare(BenchEnvironment benchEnvironment) throws SQLException {
    if (!benchEnvironment.hasAtSource("public.orders")) {
      OrdersData.makeSource(benchEnvironment, rows);
    }
    if (kind == Kind.MIRROR) {
      OrdersData.sorted(
          benchEnvironment,
          "public.orders_left",
          "select * from public.orders where id % 100 <> 13");
    }
    if (!benchEnvironment.hasAtTarget(TABLE)) {
      Orders.create(benchEnvironment.targetAdmin(), TABLE, 0);
      benchEnvironment.atTarget(
          "alter table %s add primary key (id)".formatted(TABLE),
          "create unlogged table %s_stage (like %s)".formatted(TABLE, TABLE));
    }
    if (kind.start != Start.NOTHING && !benchEnvironment.hasAtTarget("seed.orders_before")) {
      OrdersData.makeBefore(benchEnvironment.targetAdmin(), "seed.orders_before", rows);
    }
    if (kind.start == Start.NOW && !benchEnvironment.hasAtTarget("seed.orders_now")) {
      OrdersData.makeNow(benchEnvironment.targetAdmin(), "seed.orders_now", "seed.orders_before");
    }
  }

  @Override
  public List<Contestant> contestants(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) throws SQLException {
    var sql = TableSql.of(benchEnvironment.targetAdmin(), TABLE, List.of("id"));
    Pipe pipe = benchEnvironment.pipe();
    var all = new ArrayList<Contestant>();
    all.add(copying(Contestant.QUPERSYNC, () -> Optional.of(serviceProcess.run("orders"))));
    all.add(
        copying(
            PSQL,
            () -> {
              pipe.copy(query(), sql.stage());
              pipe.atTarget(sql.upsertFrom(sql.stage()));
              if (kind == Kind.MIRROR) {
                pipe.atTarget(sql.deleteWhatIsNotStaged());
              }
              return Optional.empty();
            }));
    if (kind == Kind.INITIAL) {
      all.add(
          copying(
              PLAIN,
              () -> {
                pipe.copy(query(), TABLE);
                return Optional.empty();
              }));
    }
    if (kind == Kind.INITIAL || kind == Kind.INCREMENTAL) {
      all.add(copying("dblink", () -> dblink(benchEnvironment, sql)));
    }
    all.add(
        new Contestant(
            "COPY to nowhere",
            relation(),
            Optional.empty(),
            () -> {
              pipe.read(query());
              return Optional.empty();
            }));
    return all;
  }

  private Optional<ReportedCounts> dblink(BenchEnvironment benchEnvironment, TableSql sql)
      throws SQLException {
    benchEnvironment.atTarget(
        sql.upsertFrom(
            "dblink('%s', $$%s$$) as t (%s)"
                .formatted(benchEnvironment.sourceForServers(), query(), sql.typed())));
    return Optional.empty();
  }

  private String relation() {
    return "(%s)".formatted(query());
  }

  private Contestant copying(String name, Contestant.Attempt attempt) {
    return new Contestant(
        name, relation(), Optional.of(new Contestant.Copy(source(), TABLE)), attempt);
  }

  @Override
  public void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws Exception {
    benchEnvironment.atTarget("truncate %s, %1$s_stage".formatted(TABLE));
    switch (kind.start) {
      case NOTHING -> {}
      case BEFORE -> fill(benchEnvironment, "seed.orders_before");
      case NOW -> fill(benchEnvironment, "seed.orders_now");
    }
    benchEnvironment.atTarget("vacuum (analyze) " + TABLE, "checkpoint");
    switch (kind) {
      case INITIAL -> serviceProcess.forgetWatermark("orders");
      case INCREMENTAL -> serviceProcess.setWatermark("orders", OrdersData.watermark(rows));
      case UNCHANGED, MIRROR -> {}
    }
  }

  private static void fill(BenchEnvironment benchEnvironment, String seed) throws SQLException {
    benchEnvironment.atTarget(
        "alter table %s drop constraint orders_pkey".formatted(TABLE),
        "insert into %s select * from %s".formatted(TABLE, seed),
        "alter table %s add primary key (id)".formatted(TABLE));
  }

  @Override
  public boolean isWorthAProfile() {
    return kind == Kind.INITIAL || kind == Kind.UNCHANGED;
  }

  @Override
  public List<Goal> goals(Measured measured) {
    String work = "(%s) %s".formatted(name(), title());
    Goal psql =
        Goal.faster(
            work,
            "psql pipe with upsert" + (kind == Kind.MIRROR ? " and delete" : ""),
            switch (kind) {
              case INITIAL -> 1.8;
              case INCREMENTAL, MIRROR -> 1.2;
              case UNCHANGED -> 2;
            },
            measured.speedAgainst(PSQL));
    return switch (kind) {
      case INITIAL ->
          List.of(psql, Goal.faster(work, "plain binary COPY", 0.8, measured.speedAgainst(PLAIN)));
      case UNCHANGED ->
          List.of(psql, Goals.nothingWritten(work, measured), Goals.noLog(work, measured));
      case INCREMENTAL, MIRROR -> List.of(psql);
    };
  }

  @Override
  public List<Goal> goals(Profile profile) {
    return kind == Kind.INITIAL ? List.of(Goals.ownTimePerRow(profile)) : List.of();
  }
}
