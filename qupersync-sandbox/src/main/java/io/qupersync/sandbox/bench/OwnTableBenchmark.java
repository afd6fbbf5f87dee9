package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One piece of work between the user's own databases, with tables that are there already: the
/// copy, one for the rivals, and their stage.
final class OwnTableBenchmark {

  static final String COPY = OwnDatabases.SCHEMA + ".copy";
  static final String RIVAL = OwnDatabases.SCHEMA + ".rival";
  static final String STAGE = OwnDatabases.SCHEMA + ".stage";
  static final String JOB = "bench";

  private static final String ALL = "select * from " + COPY;

  /// What the copy and the rivals' table hold at the beginning.
  enum Start {
    NOTHING("a", "initial load"),
    EVERYTHING("c", "nothing changed, all read");

    private final String letter;
    private final String title;

    Start(String letter, String title) {
      this.letter = letter;
      this.title = title;
    }
  }

  private final Start start;
  private final Connection admin;
  private final ServiceProcess serviceProcess;
  private final Meter meter;
  private final Pipe pipe;
  private final TableSql rival;
  private final Consumer<String> progress;
  private final Contents all;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /// @param pipe from the target to the target
  OwnTableBenchmark(
      Start start,
      Connection admin,
      ServiceProcess serviceProcess,
      Pipe pipe,
      List<String> key,
      Consumer<String> progress)
      throws SQLException {
    this.start = start;
    this.admin = admin;
    this.serviceProcess = serviceProcess;
    this.meter = Meter.fromAfar(serviceProcess.pid(), admin);
    this.pipe = pipe;
    this.rival = TableSql.of(admin, RIVAL, key);
    this.progress = progress;
    this.all = Contents.of(admin, COPY);
  }

  /// Whoever reads the copy comes before it is made anew.
  void round() throws Exception {
    execute("truncate %s, %s".formatted(RIVAL, STAGE));
    if (start == Start.EVERYTHING) {
      execute("insert into %s %s".formatted(RIVAL, ALL));
    }
    attempt("psql pipe", RIVAL, this::upsert);
    if (start == Start.NOTHING) {
      execute("truncate " + RIVAL);
      attempt("plain COPY", RIVAL, this::copy);
      execute("truncate " + COPY);
    }
    attempt(Contestant.QUPERSYNC, COPY, () -> Optional.of(serviceProcess.run(JOB)));
  }

  private Optional<ReportedCounts> upsert() throws Exception {
    pipe.copy(ALL, STAGE);
    pipe.atTarget(rival.upsertFrom(STAGE));
    return Optional.empty();
  }

  private Optional<ReportedCounts> copy() throws Exception {
    pipe.copy(ALL, RIVAL);
    return Optional.empty();
  }

  private void attempt(String who, String table, Contestant.Attempt attempt) throws Exception {
    var told = new ArrayList<ReportedCounts>();
    Cost cost = meter.of(() -> attempt.once().ifPresent(told::add));
    long heap = told.isEmpty() ? 0 : serviceProcess.heap();
    samples
        .computeIfAbsent(who, _ -> new ArrayList<>())
        .add(new Sample(cost, heap, told.stream().findFirst()));
    progress.accept(
        String.format(Locale.ROOT, "(%s) %s: %.2f s", start.letter, who, cost.seconds()));
    Contents found = Contents.of(admin, table);
    if (!found.equals(all)) {
      wrong.add(
          "(%s) %s brings something else than the first load did: expected %s, found %s"
              .formatted(start.letter, who, all, found));
    }
  }

  Measured measured() {
    return new Measured(
        start.letter,
        start.title,
        samples.entrySet().stream()
            .map(one -> new Series(one.getKey(), all.rows(), all.bytes(), one.getValue()))
            .toList());
  }

  List<String> wrong() {
    return wrong;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }
}
