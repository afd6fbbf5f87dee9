package io.qupersync.sandbox.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Many small jobs, such as those that copy Redshift's system views: a hundred rows each, of which
/// ten are new and ten have changed.
final class SmallJobsBenchmark implements Benchmark {

  private static final long MOST_JOBS = 200;
  private static final long FEWEST_JOBS = 10;
  private static final String PSQL = "psql, one connection";

  private final int jobs;

  /// @param rows of the table of orders: where that is a small one, there are fewer jobs too
  SmallJobsBenchmark(long rows) {
    this.jobs = (int) Math.clamp(rows / 1000, FEWEST_JOBS, MOST_JOBS);
  }

  private String rows() {
    return """
    select job, n as table_id, 'public' as schema_name, 'table_' || n as table_name,
      'AUTO(EVEN)' as diststyle, 'AUTO(SORTKEY)' as sortkey1, (n * 7919 %% 100000)::bigint as size_mb,
      (n * job %% 97)::numeric(12, 4) / 7 as unsorted, (n * job %% 89)::double precision / 11 as stats_off,
      (n * 104729)::bigint as tbl_rows, timestamp '2026-01-01' + n * job * interval '1 second' as seen_at
    from generate_series(1, %d) as job, generate_series(1, 100) as n
    """
        .formatted(jobs);
  }

  @Override
  public String name() {
    return "e";
  }

  @Override
  public String title() {
    return jobs + " small jobs";
  }

  @Override
  public String jobs() {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(job ->
            "  %s: { source: { table: small.%1$s }, target: bench.%1$s, key: [table_id], mode: upsert, schedule: manual }%n"
                .formatted(table(job)))
        .collect(Collectors.joining("", "jobs:\n", ""));
  }

  private static String table(int job) {
    return String.format(Locale.ROOT, "view_%03d", job);
  }

  @Override
  public void prepare(BenchEnvironment benchEnvironment) throws SQLException {
    benchEnvironment.atSource(
        "create schema small",
        "create table small.data as " + rows(),
        "create index on small.data (job)",
        "vacuum (analyze) small.data",
        "grant usage on schema small to public");
    benchEnvironment.atTarget(
        "create table seed.small as " + rows(), "create index on seed.small (job)");
    for (int job = 1; job <= jobs; job++) {
      benchEnvironment.atSource(
          "create view small.%s as select %s from small.data where job = %d"
              .formatted(table(job), columns(), job),
          "grant select on small.%s to public".formatted(table(job)));
      benchEnvironment.atTarget(
          "create table bench.%s as select %s from seed.small where false"
              .formatted(table(job), columns()),
          "alter table bench.%s add primary key (table_id)".formatted(table(job)));
    }
  }

  private static String columns() {
    return "table_id, schema_name, table_name, diststyle, sortkey1, size_mb, unsorted, stats_off, tbl_rows, seen_at";
  }

  @Override
  public List<Contestant> contestants(
      BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) throws SQLException {
    var transfers = new ArrayList<Pipe.Transfer>();
    for (int job = 1; job <= jobs; job++) {
      transfers.add(
          new Pipe.Transfer(
              "select * from small." + table(job),
              TableSql.of(
                  benchEnvironment.targetAdmin(), "bench." + table(job), List.of("table_id"))));
    }
    var copy =
        new Contestant.Copy(
            "(select job, %s from small.data)".formatted(columns()), "(%s)".formatted(copied()));
    return List.of(
        new Contestant(
            Contestant.QUPERSYNC,
            copy.atSource(),
            Optional.of(copy),
            () -> Optional.of(serviceProcess.runAll(jobs))),
        new Contestant(
            PSQL,
            copy.atSource(),
            Optional.of(copy),
            () -> {
              benchEnvironment.pipe().upsertInTurn(transfers);
              return Optional.empty();
            }));
  }

  private String copied() {
    return IntStream.rangeClosed(1, jobs)
        .mapToObj(job -> "select %d as job, * from bench.%s".formatted(job, table(job)))
        .collect(Collectors.joining(" union all "));
  }

  @Override
  public void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws SQLException {
    for (int job = 1; job <= jobs; job++) {
      benchEnvironment.atTarget(
          "truncate bench." + table(job),
          """
          insert into bench.%s
          select table_id, schema_name, table_name, diststyle, sortkey1, size_mb,
            case when table_id %% 10 = 3 then unsorted + 1 else unsorted end, stats_off, tbl_rows, seen_at
          from seed.small where job = %d and table_id %% 10 <> 7
          """
              .formatted(table(job), job));
    }
    benchEnvironment.atTarget("vacuum (analyze)", "checkpoint");
  }

  @Override
  public List<Goal> goals(Measured measured) {
    return List.of(
        Goal.faster("(%s) %s".formatted(name(), title()), PSQL, 1, measured.speedAgainst(PSQL)));
  }
}
