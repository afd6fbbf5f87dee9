package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Reads from Amazon Redshift through its own driver.
///
/// Every use has a connection of its own; how many are open at a time is bounded, and a use waits
/// for its turn. Rows are streamed: what is held does not grow with their number. Those who read
/// the ranges of one window share what one reader may hold.
public final class RedshiftRowSource implements RowSource {

  /// Rows that stand at one place of the order must be held all at once.
  private static final int MOST_PIECES_AT_ONE_PLACE = 4;

  private final RedshiftConnections connections;
  private final LearnedFetchLimits lessons = new LearnedFetchLimits();
  private final SourceRefusals refusals;
  private final Map<JobId, List<String>> remarks = new ConcurrentHashMap<>();
  private final OpenTransactionsReader transactions;
  private final Consumer<Flavor> whenKnown;
  private volatile Optional<Flavor> flavor;

  public RedshiftRowSource(RedshiftConnections connections) {
    this(connections, _ -> {});
  }

  /// @param whenKnown told the flavor as soon as it is known
  public RedshiftRowSource(RedshiftConnections connections, Consumer<Flavor> whenKnown) {
    this.connections = connections;
    this.refusals = new SourceRefusals(connections.clock());
    this.whenKnown = whenKnown;
    this.transactions = new OpenTransactionsReader(connections);
    this.flavor =
        connections
            .settings()
            .flavor()
            .or(() -> ServerFacts.flavorOf(connections.settings().logins().endpoint().host()));
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
          connections.ask("find out the flavor", RedshiftConnections.SHORT, ServerFacts::flavor);
      if (known.isEmpty()) {
        throw new PermanentFailure(
            FailureKind.DEFINITION,
            "cannot find out what kind of Redshift %s is, for user '%s' may read neither sys_serverless_usage nor stv_slices; set source.flavor: provisioned or serverless, or, as a superuser: grant role sys:monitor to %2$s"
                .formatted(
                    connections.settings().logins().endpoint(),
                    connections.settings().logins().endpoint().user()));
      }
      flavor = known;
      known.ifPresent(whenKnown);
    }
    return known.get();
  }

  @Override
  public Instant now() {
    return connections.ask("ask for the time", RedshiftConnections.SHORT, ServerFacts::now);
  }

  /// To the second, as `getdate()` counts: a row that it stamps from now on lies before the present
  /// otherwise.
  @Override
  public SourceMoment moment(SyncJob job) {
    SourceMoment exact =
        transactions.moment().orElseGet(() -> new SourceMoment(now(), transactions.unknown()));
    return new SourceMoment(exact.now().truncatedTo(ChronoUnit.SECONDS), exact.open());
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return connections.ask(
        "describe the source of job '%s'".formatted(job.id()),
        job,
        connection -> shapeOf(job, connection));
  }

  /// Of a built-in job, what the source lacks is left out.
  private TableShape shapeOf(SyncJob job, Connection connection) throws SQLException {
    SyncJob asked = connections.columns().toBeginWith(job);
    while (true) {
      try {
        return ShapeReader.of(asked).read(connection);
      } catch (SQLException refused) {
        Optional<SyncJob> rest = connections.columns().without(job, asked, refused);
        if (rest.isEmpty()) {
          throw refused;
        }
        asked = rest.get();
      }
    }
  }

  private ExtractionSql extraction(SyncJob job, TableShape shape, Window window) {
    return new ExtractionSql(connections.columns().known(job), shape, window);
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return extraction(job, shape, window).sql().withLiterals();
  }

  @Override
  public Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    var reader =
        new ExtentReader(
            extraction(job, shape, window),
            shape.columns().get(shape.indexOf(column).orElseThrow()));
    return Optional.of(
        connections.ask(
            "ask how far column '%s' of job '%s' reaches".formatted(column, job.id()),
            job,
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

  private ObjectReader loose(
      TableShape shape, ExtractionSql extraction, BatchReader.Limits limits) {
    return new ObjectReader(RowReader.of(shape, extraction::returns), limits);
  }

  private PackedReader packed(
      TableShape shape, ExtractionSql extraction, BatchReader.Limits limits) {
    List<Column> returned = shape.columns().stream().filter(extraction::returns).toList();
    return new PackedReader(shape, returned, loose(shape, extraction, limits), limits);
  }

  private Rows rows(SyncJob job, TableShape shape, Window window, Gathering gathering) {
    ExtractionSql extraction = extraction(job, shape, window);
    int readers = window.range().isPresent() ? job.extraction().parallel().readers() : 1;
    return RestartableRows.of(new JobReading(job, shape, extraction, gathering, readers));
  }

  /// One reading of a job, in the way that the source lets it be read.
  private final class JobReading implements RestartableRows.Reading {

    private final SyncJob job;
    private final TableShape shape;
    private final ExtractionSql extraction;
    private final Gathering gathering;
    private final int readers;
    private Transactions transactions = Transactions.PLAIN;
    private boolean byPortal;

    JobReading(
        SyncJob job, TableShape shape, ExtractionSql extraction, Gathering gathering, int readers) {
      this.job = job;
      this.shape = shape;
      this.extraction = extraction;
      this.gathering = gathering;
      this.readers = readers;
    }

    @Override
    public Rows begin() {
      byPortal = !refusals.losesPortals();
      transactions =
          refusals.refusesReadOnly(job.id())
              ? Transactions.PLAIN
              : connections.settings().transactions();
      remarks.put(job.id(), remarks());
      RedshiftSettings.Limits limits = connections.settings().limits();
      int batchRows = job.limits().batchSize();
      BatchReader reader =
          gathering.of(
              shape,
              extraction,
              new BatchReader.Limits(batchRows, Math.max(1, limits.batchBytes() / readers)));
      RedshiftSession session = connections.open(job);
      long budget =
          Math.max(1, FetchSize.budget(limits.fetchBytes(), session.roundTrip()) / readers);
      // at most half a batch: the second fetch comes before the first batch is handed out
      int first = byPortal ? (batchRows + 1) / 2 : batchRows;
      return RedshiftRows.start(
          session,
          transactions,
          byPortal ? this::portal : (connection, rows) -> pieces(connection, rows, budget),
          reader,
          FetchSize.first(shape, budget, first, lessons.limit(job.id())),
          (failure, fetchRows) -> failed(job, failure, fetchRows));
    }

    private PortalCursor portal(Connection connection, int rows) throws SQLException {
      return PortalCursor.open(connection, extraction.sql(), rows);
    }

    private PieceCursor pieces(Connection connection, int rows, long budget) throws SQLException {
      PieceOrder order = PieceOrder.of(job, shape, extraction::returns);
      return PieceCursor.open(
          connection,
          (from, most) -> extraction.piece(order, from, most),
          order,
          RowReader.of(shape, extraction::returns),
          MOST_PIECES_AT_ONE_PLACE * budget,
          rows);
    }

    private List<String> remarks() {
      var said = new ArrayList<String>();
      if (!byPortal) {
        said.add("read in pieces: the source loses its portals (SQLSTATE 34000)");
      }
      if (transactions != connections.settings().transactions()) {
        said.add(
            "read in a read-write transaction: the source refuses this job's rows in a read-only one");
      }
      return List.copyOf(said);
    }

    @Override
    public boolean learnsFrom(SyncFailure failure) {
      if (byPortal && SourceRefusals.isLostPortal(failure)) {
        refusals.lostPortal();
        return true;
      }
      if (transactions == Transactions.READ_ONLY && SourceRefusals.isReadOnly(failure)) {
        refusals.refusedReadOnly(job.id());
        return true;
      }
      return false;
    }
  }

  @Override
  public List<String> remarks(SyncJob job) {
    return Stream.concat(
            connections.columns().remarks(job).stream(),
            remarks.getOrDefault(job.id(), List.of()).stream())
        .toList();
  }

  private SyncFailure failed(SyncJob job, SQLException failure, int fetchRows) {
    if (failure instanceof PieceCursor.TooManyAtOnePlace tooMany) {
      return new PermanentFailure(
          FailureKind.SOURCE,
          "cannot read job '%s' without a portal, for the source loses those: %s; name a key or a watermark whose values differ, or have the source's portals mended"
              .formatted(job.id(), tooMany.getMessage()),
          tooMany);
    }
    return lessons
        .learn(job.id(), fetchRows, failure)
        .orElseGet(() -> connections.failures().of("read job '%s'".formatted(job.id()), failure));
  }
}
