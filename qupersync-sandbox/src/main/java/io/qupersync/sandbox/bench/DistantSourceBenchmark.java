package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.data.Orders;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The same work with the source near and far away: each round trip to it takes so much longer. The
/// target is near, as it is where QuperSync runs beside it.
final class DistantSourceBenchmark implements Benchmark {

  private static final List<Duration> DELAYS =
      List.of(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20));

  private static final long MOST_ROWS = 200_000;
  private static final int JOBS = 20;
  private static final long ROWS_OF_A_JOB = 100;

  /// Where what is sent ahead fills the pipe, distance would cost nothing but the first and the
  /// last round trips.
  private static final double SPEED_FROM_AFAR = 0.5;

  /// The works of this kind.
  private enum Kind {
    LOAD("h", "initial load from afar", 1),
    JOBS_OF_FEW_ROWS("h-jobs", JOBS + " small jobs from afar", JOBS);

    private final String letter;
    private final String title;
    private final int tables;

    Kind(String letter, String title, int tables) {
      this.letter = letter;
      this.title = title;
      this.tables = tables;
    }
  }

  private final Kind kind;
  private final long rows;

  private DistantSourceBenchmark(Kind kind, long rows) {
    this.kind = kind;
    this.rows = rows;
  }

  /// @param rows of the usual table of orders: here are fewer
  static List<Benchmark> all(long rows) {
    return List.of(
        new DistantSourceBenchmark(Kind.LOAD, Math.min(rows, MOST_ROWS)),
        new DistantSourceBenchmark(Kind.JOBS_OF_FEW_ROWS, ROWS_OF_A_JOB));
  }

  /// Whether a figure belongs here.
  static boolean measures(String work) {
    return List.of(Kind.values()).stream().anyMatch(kind -> kind.letter.equals(work));
  }

  @Override
  public String name() {
    return kind.letter;
  }

  @Override
  public String title() {
    return kind.title;
  }

  private List<String> tables() {
    return IntStream.rangeClosed(1, kind.tables)
        .mapToObj(number ->
            String.format(Locale.ROOT, "far_%s_%02d", kind == Kind.LOAD ? "load" : "job", number))
        .toList();
  }

  @Override
  public String jobs() {
    return tables().stream()
        .map(table ->
            "  %s: { source: { table: public.%1$s }, target: bench.%1$s, key: [id], mode: upsert, schedule: manual }%n"
                .formatted(table))
        .collect(Collectors.joining("", "jobs:\n", ""));
  }

  @Override
  public void prepare(BenchEnvironment benchEnvironment) throws SQLException {
    for (String table : tables()) {
      Orders.create(benchEnvironment.sourceAdmin(), "public." + table, rows);
      benchEnvironment.atSource("vacuum (analyze) public." + table);
      Orders.create(benchEnvironment.targetAdmin(), "bench." + table, 0);
      benchEnvironment.atTarget("alter table bench.%s add primary key (id)".formatted(table));
    }
  }

  @Override
  public List<Contestant> contestants(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) {
    var copy = new Contestant.Copy(all("public."), all("bench."));
    var lanes = new ArrayList<Contestant>();
    for (Duration delay : DELAYS) {
      lanes.add(
          Contestant.qupersync(
              named(delay),
              copy.atSource(),
              copy,
              () -> copied(benchEnvironment, serviceProcess, delay)));
    }
    return lanes;
  }

  private String all(String schema) {
    return tables().stream()
        .map(table -> "select '%s' as job, * from %s%1$s".formatted(table, schema))
        .collect(Collectors.joining(" union all ", "(", ")"));
  }

  private Optional<ReportedCounts> copied(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess, Duration delay)
      throws Exception {
    benchEnvironment.source().faults().delayRoundTrips(delay);
    try {
      return Optional.of(serviceProcess.runAll(kind.tables));
    } finally {
      benchEnvironment.source().faults().delayRoundTrips(Duration.ZERO);
    }
  }

  private static String named(Duration delay) {
    return "%s, %d ms away".formatted(Contestant.QUPERSYNC, delay.toMillis());
  }

  @Override
  public void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws SQLException {
    for (String table : tables()) {
      benchEnvironment.atTarget("truncate bench." + table);
    }
    benchEnvironment.atTarget("checkpoint");
  }

  /// How fast it still is at the longest distance. Small jobs are told without a goal: they are
  /// little but round trips.
  @Override
  public List<Goal> goals(Measured measured) {
    if (kind != Kind.LOAD) {
      return List.of();
    }
    double speed =
        Medians.ofRatios(
            measured.of(named(DELAYS.getFirst())).all(Cost::seconds),
            measured.of(named(DELAYS.getLast())).all(Cost::seconds));
    return List.of(
        Goal.faster("(h) 20 ms away from the source", "itself beside it", SPEED_FROM_AFAR, speed));
  }
}
