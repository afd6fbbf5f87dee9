package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Extent;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.Endpoint;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads from Amazon Redshift through its own driver.
///
/// Every use has a connection of its own, read-only and never used twice; how many are open at a
/// time is bounded, and a use waits for its turn. Rows are streamed: what is held does not grow
/// with their number. Those who read the ranges of one window share what one reader may hold.
public final class RedshiftRowSource implements RowSource {

  private final RedshiftConnections connections;
  private final FetchLessons lessons = new FetchLessons();
  private final Consumer<Flavor> whenKnown;
  private volatile Optional<Flavor> flavor;

  public RedshiftRowSource(RedshiftConnections connections) {
    this(connections, _ -> {});
  }

  /// @param whenKnown told the flavor as soon as it is known
  public RedshiftRowSource(RedshiftConnections connections, Consumer<Flavor> whenKnown) {
    this.connections = connections;
    this.whenKnown = whenKnown;
    this.flavor = connections.settings().flavor();
    flavor.ifPresent(whenKnown);
  }

  @Override
  public String name() {
    return connections.settings().name();
  }

  /// As it is written in DNS: case and a final dot say nothing.
  @Override
  public String place() {
    Endpoint endpoint = connections.settings().logins().endpoint();
    String host = endpoint.host().toLowerCase(Locale.ROOT);
    return "%s:%d/%s"
        .formatted(
            host.endsWith(".") ? host.substring(0, host.length() - 1) : host,
            endpoint.port(),
            endpoint.database());
  }

  @Override
  public Flavor flavor() {
    Optional<Flavor> known = flavor;
    if (known.isEmpty()) {
      known =
          Optional.of(
              connections.ask(
                  "find out the flavor", RedshiftConnections.SHORT, ServerFacts::flavor));
      flavor = known;
      known.ifPresent(whenKnown);
    }
    return known.get();
  }

  @Override
  public Instant now() {
    return connections.ask("ask for the time", RedshiftConnections.SHORT, ServerFacts::now);
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return connections.ask(
        "describe the source of job '%s'".formatted(job.id()),
        job.limits().timeout(),
        ShapeReader.of(job)::read);
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return new ExtractionSql(job, shape, window).sql().withLiterals();
  }

  @Override
  public Optional<Extent> extentOf(SyncJob job, TableShape shape, String column, Window window) {
    var reader =
        new ExtentReader(
            new ExtractionSql(job, shape, window),
            shape.columns().get(shape.indexOf(column).orElseThrow()));
    return Optional.of(
        connections.ask(
            "ask how far column '%s' of job '%s' reaches".formatted(column, job.id()),
            job.limits().timeout(),
            reader::read));
  }

  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    return rows(job, shape, window, this::loose);
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    return rows(job, shape, window, this::packed);
  }

  private interface Gathering {
    BatchReader of(TableShape shape, ExtractionSql extraction, BatchReader.Limits limits);
  }

  private LooseReader loose(TableShape shape, ExtractionSql extraction, BatchReader.Limits limits) {
    return new LooseReader(RowReader.of(shape, extraction::returns), limits);
  }

  private PackedReader packed(
      TableShape shape, ExtractionSql extraction, BatchReader.Limits limits) {
    List<Column> returned = shape.columns().stream().filter(extraction::returns).toList();
    return new PackedReader(shape, returned, loose(shape, extraction, limits), limits);
  }

  private Rows rows(SyncJob job, TableShape shape, Window window, Gathering gathering) {
    var extraction = new ExtractionSql(job, shape, window);
    SqlText sql = extraction.sql();
    RedshiftSettings.Limits limits = connections.settings().limits();
    int batchRows = job.limits().batchSize();
    int readers = window.range().isPresent() ? job.extraction().parallel().readers() : 1;
    BatchReader reader =
        gathering.of(
            shape,
            extraction,
            new BatchReader.Limits(batchRows, Math.max(1, limits.batchBytes() / readers)));
    RedshiftSession session = connections.open(job.limits().timeout());
    long budget = Math.max(1, FetchSize.budget(limits.fetchBytes(), session.roundTrip()) / readers);
    return RedshiftRows.start(
        session,
        sql,
        reader,
        FetchSize.first(shape, budget, batchRows, lessons.limit(job.id())),
        (failure, fetchRows) -> failed(job, failure, fetchRows));
  }

  private SyncFailure failed(SyncJob job, SQLException failure, int fetchRows) {
    return lessons
        .learn(job.id(), fetchRows, failure)
        .orElseGet(() -> connections.failures().of("read job '%s'".formatted(job.id()), failure));
  }
}
