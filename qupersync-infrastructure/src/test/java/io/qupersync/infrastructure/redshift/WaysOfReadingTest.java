package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.Rows;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.sandbox.relay.ArmedFault;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.standin.ReadOnlyRefusal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a source refuses is done another way: reading in read-only transactions, and through
/// portals.
final class WaysOfReadingTest {

  private static final TableRef TABLE = TableRef.of("public", "places");

  @BeforeEach
  void fill() {
    Source.execute(
        "drop table if exists places_stored cascade",
        "drop table if exists places cascade",
        "create table places (id bigint, grp int, name varchar(40), note varchar(10), at timestamp)",
        "insert into places select n, n / 700, 'n' || n % 97, null, timestamp '2026-01-01' + n / 5 * interval '1 second'"
            + " from generate_series(1, 3000) n",
        "insert into places select n, null, null, 'null', null from generate_series(3001, 3300) n",
        "grant select on places to public");
  }

  @AfterEach
  void calm() {
    Source.standIn().faults().calm();
    Source.execute(
        "drop table if exists places_stored cascade", "drop table if exists places cascade");
  }

  private static JobFixture reading() {
    return aJob().from(TABLE).batchesOf(100);
  }

  private static RedshiftRowSource readOnly() {
    return Source.rows(Source.settings().with(Transactions.READ_ONLY));
  }

  @ParameterizedTest
  @EnumSource(ReadOnlyRefusal.class)
  void what_refuses_read_only_transactions_is_read_in_plain_ones(ReadOnlyRefusal why)
      throws SQLException {
    Source.standIn().refuseReadOnly("public", "places", why);
    RedshiftRowSource source = Source.rows();
    SyncJob job = reading().build();

    assertThat(ids(source, job)).hasSize(3300);
    assertThat(source.remarks(job)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ReadOnlyRefusal.class)
  void a_read_only_source_reads_what_refuses_that_in_a_read_write_transaction_and_says_so(
      ReadOnlyRefusal why) throws SQLException {
    Source.standIn().refuseReadOnly("public", "places", why);
    Source.execute(
        "create view places_view as select * from places", "grant select on places_view to public");
    RedshiftRowSource source = readOnly();
    SyncJob job = reading().from(TableRef.of("public", "places_view")).build();

    assertThat(ids(source, job)).hasSize(3300);
    assertThat(source.remarks(job)).singleElement().asString().contains("read-write");
    assertThat(ids(source, job)).hasSize(3300);
    assertThat(source.remarks(job)).hasSize(1);
  }

  @Test
  void a_read_only_source_declares_its_transactions_so() {
    SyncJob job =
        asking("select 1 as id, current_setting('transaction_read_only') as ro", reading().build());

    assertThat(cells(readOnly(), job, 1)).containsExactly("on");
    assertThat(cells(Source.rows(), job, 1)).containsExactly("off");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 1000, 20_000})
  void a_source_that_loses_its_portals_for_good_is_read_in_pieces(int batch) {
    Source.standIn().faults().arm(Fault.lostPortal().forGood());
    RedshiftRowSource source = Source.rows();
    SyncJob job = reading().keyedOn("id").batchesOf(batch).build();

    assertThat(ids(source, job)).containsExactlyInAnyOrderElementsOf(all(3300));
    if (batch < 3300) {
      assertThat(source.remarks(job)).singleElement().asString().contains("in pieces");
    }
  }

  @Test
  void a_source_that_knows_none_of_its_portals_is_read_in_pieces() {
    ArmedFault fault = Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    RedshiftRowSource source = Source.rows();
    SyncJob job = reading().keyedOn("id").build();

    assertThat(ids(source, job)).containsExactlyInAnyOrderElementsOf(all(3300));
    assertThat(ids(source, job)).hasSize(3300);
    assertThat(fault.struck()).as("tried once, then remembered").isEqualTo(1);
  }

  @Test
  void portals_are_tried_again_after_an_hour() {
    ArmedFault fault = Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    var now = new Instant[] {Instant.parse("2026-01-01T00:00:00Z")};
    InstantSource clock = () -> now[0];
    var source = new RedshiftRowSource(new RedshiftConnections(Source.settings(), clock));
    SyncJob job = reading().keyedOn("id").build();
    ids(source, job);

    now[0] = now[0].plus(Duration.ofMinutes(59));
    ids(source, job);
    assertThat(fault.struck()).isEqualTo(1);

    now[0] = now[0].plus(Duration.ofMinutes(2));
    Source.standIn().faults().calm();
    ids(source, job);
    assertThat(source.remarks(job)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"id", "grp", "name", "at", "grp-id", "name-at-id", "note-id", "note"})
  void pieces_hold_every_row_once_whatever_they_are_ordered_by(String key) {
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    SyncJob job = reading().keyedOn(key.split("-")).build();

    List<Object> ids = ids(Source.rows(), job);

    assertThat(ids).containsExactlyInAnyOrderElementsOf(all(3300));
  }

  @Test
  void pieces_come_in_the_order_of_the_watermark() {
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    SyncJob job = reading().keyedOn("id").watermarkedOn("at").build();

    List<Object> times = cells(Source.rows(), job, 4).stream().filter(at -> at != null).toList();

    assertThat(times).hasSize(3000);
    assertThat(times.stream().map(Object::toString).toList())
        .isEqualTo(times.stream().map(Object::toString).sorted().toList());
  }

  @Test
  void pieces_come_packed_as_rows_through_a_portal_do() {
    SyncJob job = reading().keyedOn("id").build();
    List<Object> before = packed(Source.rows(), job);
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());

    assertThat(packed(Source.rows(), job)).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void a_query_is_read_in_pieces_too() {
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    SyncJob job =
        asking(
            "select id, name from places where id % 2 = 0 -- even",
            reading().keyedOn("id").build());

    assertThat(ids(Source.rows(), job)).hasSize(1650);
  }

  @Test
  void texts_that_the_server_takes_for_one_do_not_hold_a_reading_up() {
    Source.execute(
        "create collation if not exists any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        "create table cased (name varchar(20) collate any_case, id int)",
        "insert into cased select (array['ab', 'AB', 'aB', 'Ab  '])[n % 4 + 1] || n / 40, n from generate_series(1, 1000) n",
        "grant select on cased to public");
    try {
      Source.standIn().faults().arm(Fault.unknownPortal().forGood());
      SyncJob job =
          aJob().from(TableRef.of("public", "cased")).keyedOn("name").batchesOf(30).build();

      List<Object> ids = cells(Source.rows(), job, 1);

      assertThat(ids).hasSize(1000).doesNotHaveDuplicates();
    } finally {
      Source.execute("drop table cased");
    }
  }

  @Test
  void more_rows_of_one_place_than_memory_holds_are_a_failure_that_says_what_to_do() {
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    SyncJob job =
        asking(
            "select 1 as id, cast(repeat('x', 10000) as varchar(10000)) as wide from generate_series(1, 20000)",
            reading().keyedOn("id").build());

    assertThatThrownBy(() -> ids(Source.rows(), job))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("share one value of (id)")
        .hasMessageContaining("name a key");
  }

  @Test
  void a_piece_that_is_cut_off_is_a_failure_and_no_end() {
    RedshiftRowSource source = Source.rows();
    SyncJob job = reading().keyedOn("id").build();
    TableShape shape = source.shapeOf(job);
    Source.standIn().faults().arm(Fault.unknownPortal().forGood());
    Source.standIn()
        .faults()
        .arm(Fault.cut(ConnectionTeardown.FIN).afterRows(1500).whileRunning("places"));

    assertThatThrownBy(
            () -> {
              try (Rows rows = source.open(job, shape, Window.everything())) {
                Source.drain(rows);
              }
            })
        .hasMessageContaining("lost");
  }

  private static List<Object> all(long rows) {
    return new ArrayList<>(LongStream.rangeClosed(1, rows).boxed().toList());
  }

  private static List<Object> ids(RedshiftRowSource source, SyncJob job) {
    List<Object> ids = cells(source, job, 0);
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    return ids;
  }

  private static List<Object> cells(RedshiftRowSource source, SyncJob job, int column) {
    var cells = new ArrayList<Object>();
    Source.read(source, job, Window.everything()).forEach(row -> cells.add(row.cell(column)));
    return cells;
  }

  private static List<Object> packed(RedshiftRowSource source, SyncJob job) {
    var cells = new ArrayList<Object>();
    try (Rows rows = source.openPacked(job, source.shapeOf(job), Window.everything())) {
      for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        RowBatch read = batch.get();
        read.rows().forEach(row -> cells.add(row.toString()));
      }
    }
    return cells;
  }
}
