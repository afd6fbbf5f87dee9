package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.data.Orders;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Copies orders, from one of several states of the target.
final class OrdersContest implements Contest {

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

  private OrdersContest(Kind kind, long rows) {
    this.kind = kind;
    this.rows = rows;
  }

  static List<Contest> all(long rows) {
    var works = new ArrayList<Contest>();
    for (Kind kind : Kind.values()) {
      works.add(new OrdersContest(kind, rows));
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
  public void prepare(Testbed testbed) throws SQLException {
    if (!testbed.hasAtSource("public.orders")) {
      OrdersData.makeSource(testbed, rows);
    }
    if (kind == Kind.MIRROR) {
      OrdersData.sorted(
          testbed, "public.orders_left", "select * from public.orders where id % 100 <> 13");
    }
    if (!testbed.hasAtTarget(TABLE)) {
      Orders.create(testbed.targetAdmin(), TABLE, 0);
      testbed.atTarget(
          "alter table %s add primary key (id)".formatted(TABLE),
          "create unlogged table %s_stage (like %s)".formatted(TABLE, TABLE));
    }
    if (kind.start != Start.NOTHING && !testbed.hasAtTarget("seed.orders_before")) {
      OrdersData.makeBefore(testbed.targetAdmin(), "seed.orders_before", rows);
    }
    if (kind.start == Start.NOW && !testbed.hasAtTarget("seed.orders_now")) {
      OrdersData.makeNow(testbed.targetAdmin(), "seed.orders_now", "seed.orders_before");
    }
  }

  @Override
  public List<Contestant> contestants(Testbed testbed, Service service) throws SQLException {
    var sql = TableSql.of(testbed.targetAdmin(), TABLE, List.of("id"));
    Pipe pipe = testbed.pipe();
    var all = new ArrayList<Contestant>();
    all.add(copying(Contestant.QUPERSYNC, () -> Optional.of(service.run("orders"))));
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
      all.add(copying("dblink", () -> dblink(testbed, sql)));
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

  private Optional<Told> dblink(Testbed testbed, TableSql sql) throws SQLException {
    testbed.atTarget(
        sql.upsertFrom(
            "dblink('%s', $$%s$$) as t (%s)"
                .formatted(testbed.sourceForServers(), query(), sql.typed())));
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
  public void reset(Testbed testbed, Service service) throws Exception {
    testbed.atTarget("truncate %s, %1$s_stage".formatted(TABLE));
    switch (kind.start) {
      case NOTHING -> {}
      case BEFORE -> fill(testbed, "seed.orders_before");
      case NOW -> fill(testbed, "seed.orders_now");
    }
    testbed.atTarget("vacuum (analyze) " + TABLE, "checkpoint");
    switch (kind) {
      case INITIAL -> service.forgetWatermark("orders");
      case INCREMENTAL -> service.setWatermark("orders", OrdersData.watermark(rows));
      case UNCHANGED, MIRROR -> {}
    }
  }

  private static void fill(Testbed testbed, String seed) throws SQLException {
    testbed.atTarget(
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
