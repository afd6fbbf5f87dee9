package io.qupersync.sandbox.bench;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Tables of other shapes than orders. Nobody has set goals for them; they show that what is quick
/// with orders is not quick with orders alone.
final class OtherTablesBenchmark implements Benchmark {

  private static final String PSQL = "psql pipe";
  private static final String PLAIN = "plain COPY";
  private static final Instant FIRST_EVENT = Instant.parse("2026-01-01T00:00:00Z");

  /// What the tables are.
  private enum Shape {
    /// Sixty columns of everyday types.
    WIDE("wide", "initial load, 60 columns", 20, "mode: upsert"),
    /// Texts of 4 KB.
    LONG_TEXT("long_text", "initial load, texts of 4 KB", 50, "mode: upsert"),
    /// Keys are only ever appended; a twentieth is new.
    EVENTS(
        "events",
        "append, 5 % new",
        1,
        "mode: append, watermark: { column: happened_at, lookback: 0s }");

    private final String table;
    private final String title;
    private final int part;
    private final String mode;

    Shape(String table, String title, int part, String mode) {
      this.table = table;
      this.title = title;
      this.part = part;
      this.mode = mode;
    }

    private String rows(long from, long to) {
      String columns =
          switch (this) {
            case WIDE ->
                IntStream.range(0, 59)
                    .mapToObj(Shape::wideColumn)
                    .collect(Collectors.joining(", "));
            case LONG_TEXT ->
                "(select string_agg(md5(n::text || i), ' ') from generate_series(1, 124) as i) as body";
            case EVENTS ->
                "timestamp '2026-01-01' + n / 10 * interval '1 millisecond' as happened_at, n % 1000 as kind, md5(n::text) as payload";
          };
      return "select n as id, %s from generate_series(%d::bigint, %d::bigint) as n"
          .formatted(columns, from, to);
    }

    private static String wideColumn(int i) {
      String value =
          switch (i % 5) {
            case 0 -> "(n * %d %% 100003)::integer";
            case 1 -> "(n * %d %% 1000003)::numeric(18, 4) / 16";
            case 2 -> "'text ' || n %% (%d + 10)";
            case 3 -> "timestamp '2026-01-01' + n * %d * interval '1 millisecond'";
            default -> "n %% (%d + 2) = 0";
          };
      return value.formatted(i + 1) + " as c" + i;
    }
  }

  private final Shape shape;
  private final long rows;

  private OtherTablesBenchmark(Shape shape, long rows) {
    this.shape = shape;
    this.rows = Math.max(100, rows / shape.part);
  }

  static List<Benchmark> all(long rows) {
    var all = new ArrayList<Benchmark>();
    for (Shape shape : Shape.values()) {
      all.add(new OtherTablesBenchmark(shape, rows));
    }
    return all;
  }

  @Override
  public String name() {
    return shape.table;
  }

  @Override
  public String title() {
    return shape.title;
  }

  @Override
  public String jobs() {
    return """
    jobs:
      %s: { source: { table: %s }, target: %s, key: [id], schedule: manual, %s }
    """
        .formatted(shape.table, source(), target(), shape.mode);
  }

  private String source() {
    return "public." + shape.table;
  }

  private String target() {
    return "bench." + shape.table;
  }

  /// Rows that are there before; only of events there are any.
  private long before() {
    return shape == Shape.EVENTS ? rows / 20 * 19 / 10 * 10 : 0;
  }

  private String watermark() {
    return FIRST_EVENT.plusMillis(before() / 10).toString().replace('T', ' ').replace("Z", "");
  }

  private String query() {
    String all = "select * from " + source();
    return shape == Shape.EVENTS ? "%s where happened_at >= '%s'".formatted(all, watermark()) : all;
  }

  /// Without those that are there already, of which only this bench knows.
  private String newRows() {
    return shape == Shape.EVENTS ? "%s and id > %d".formatted(query(), before()) : query();
  }

  @Override
  public void prepare(BenchEnvironment benchEnvironment) throws SQLException {
    benchEnvironment.atSource(
        "create table %s as %s".formatted(source(), shape.rows(1, rows)),
        "grant select on %s to public".formatted(source()),
        "vacuum (analyze) " + source());
    if (shape == Shape.EVENTS) {
      benchEnvironment.atSource("create index on %s (happened_at)".formatted(source()));
    }
    benchEnvironment.atTarget(
        "create table %s as %s".formatted(target(), shape.rows(1, 0)),
        "create unlogged table %s_stage (like %1$s)".formatted(target()),
        "alter table %s add primary key (id)".formatted(target()));
  }

  @Override
  public List<Contestant> contestants(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) throws SQLException {
    var sql = TableSql.of(benchEnvironment.targetAdmin(), target(), List.of("id"));
    Pipe pipe = benchEnvironment.pipe();
    return List.of(
        lane(Contestant.QUPERSYNC, () -> Optional.of(serviceProcess.run(shape.table))),
        lane(
            PSQL,
            () -> {
              pipe.copy(query(), sql.stage());
              pipe.atTarget(
                  shape == Shape.EVENTS
                      ? sql.insertNewFrom(sql.stage())
                      : sql.upsertFrom(sql.stage()));
              return Optional.empty();
            }),
        lane(
            PLAIN,
            () -> {
              pipe.copy(newRows(), target());
              return Optional.empty();
            }));
  }

  private Contestant lane(String name, Contestant.Attempt attempt) {
    return new Contestant(
        name,
        "(%s)".formatted(query()),
        Optional.of(new Contestant.Copy(source(), target())),
        attempt);
  }

  @Override
  public void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws Exception {
    benchEnvironment.atTarget(
        "truncate %s, %1$s_stage".formatted(target()),
        "insert into %s %s".formatted(target(), shape.rows(1, before())),
        "vacuum (analyze) " + target(),
        "checkpoint");
    if (shape == Shape.EVENTS) {
      serviceProcess.setWatermark(shape.table, watermark());
    }
  }

  @Override
  public List<Goal> goals(Measured measured) {
    return List.of();
  }
}
