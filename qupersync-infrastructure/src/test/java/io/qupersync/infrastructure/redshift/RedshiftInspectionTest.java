package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What people ask before and after a run: who is there, what is there, where is my row.
final class RedshiftInspectionTest {

  private final RedshiftConnections connections =
      new RedshiftConnections(Source.settings(), InstantSource.system());
  private final RedshiftCatalog catalog = new RedshiftCatalog(connections);
  private final RedshiftLookup lookup = new RedshiftLookup(connections);

  @BeforeAll
  static void create() {
    Source.execute(
        "create schema shop",
        """
        create table shop."Orders" (
          b integer, a bigint, at timestamp, seen timestamptz, day date, code char(3), price numeric(9,2), total numeric, t time,
          token uuid, primary key (a, b))
        """,
        "create table shop.order_lines (id bigint)",
        """
        insert into shop."Orders" values
          (1, 10, '2026-03-02 08:00', '2026-03-02 08:00+00', '2026-03-02', 'x', 1.50, 7, '24:00', null),
          (2, 10, null, null, null, null, null, null, null, null)
        """,
        "grant usage on schema shop to public",
        "grant select on all tables in schema shop to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop schema shop cascade");
  }

  @Test
  void the_server_says_who_it_is() {
    Probed probed = new RedshiftProbe(connections).probe();

    assertThat(probed.version()).startsWith("Redshift 1.0");
    assertThat(probed.user()).isEqualTo("qupersync");
    assertThat(probed.encrypted()).isFalse();
  }

  @Test
  void tables_are_found_by_patterns_without_regard_to_case() {
    TableRef orders = TableRef.of("shop", "Orders");
    TableRef lines = TableRef.of("shop", "order_lines");

    assertThat(catalog.tables("shop.*")).containsExactly(orders, lines);
    assertThat(catalog.tables("ORDER*")).contains(orders, lines);
    assertThat(catalog.tables("sh*.*s")).containsExactly(orders, lines);
    assertThat(catalog.tables("shop.o.*")).isEmpty();
    assertThat(catalog.tables("*"))
        .contains(orders)
        .noneMatch(table -> table.schema().value().startsWith("pg_"));
  }

  @Test
  void a_table_tells_what_is_declared_of_it() {
    var detail = catalog.detail(TableRef.of("shop", "Orders"));

    assertThat(detail.shape().names()).startsWith("b", "a", "at").endsWith("token");
    assertThat(detail.shape().columns())
        .contains(new Column("price", new ColumnType.Decimal(9, 2), true))
        .contains(new Column("seen", Plain.TIMESTAMPTZ, true));
    assertThat(detail.primaryKey()).containsExactly("a", "b");
    assertThat(detail.sortKey()).isEmpty();
  }

  @Test
  void a_missing_table_has_no_details() {
    assertThatThrownBy(() -> catalog.detail(TableRef.of("shop", "nothing")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("cannot describe table shop.nothing: ");
  }

  @Test
  void a_row_is_found_by_cells_of_every_kind() {
    SyncJob job =
        asking(
            "select b, a, at, seen, day, code, price, total, t from shop.\"Orders\" -- all",
            reading("x").incremental().watermarkedOn("at").skippingNullMarks().build());

    assertThat(find(job, Map.of("a", 10L, "b", 1L))).isEqualTo(1);
    assertThat(find(job, Map.of("a", 10L, "b", 2L))).isEqualTo(1);
    assertThat(find(job, Map.of("a", 10L))).isEqualTo(2);
    assertThat(find(job, Map.of("a", 11L))).isZero();
    assertThat(find(job, Map.of("at", LocalDateTime.parse("2026-03-02T08:00")))).isEqualTo(1);
    assertThat(find(job, Map.of("seen", Instant.parse("2026-03-02T08:00:00Z")))).isEqualTo(1);
    assertThat(find(job, Map.of("day", LocalDate.of(2026, 3, 2)))).isEqualTo(1);
    assertThat(find(job, Map.of("code", "x"))).isEqualTo(1);
    assertThat(find(job, Map.of("code", "x  "))).isEqualTo(1);
    assertThat(find(job, Map.of("price", new BigDecimal("1.5")))).isEqualTo(1);
    assertThat(find(job, Map.of("total", new BigDecimal("7.0")))).isEqualTo(1);
    assertThat(find(job, Map.of("t", "24:00:00"))).isEqualTo(1);
  }

  @Test
  void never_more_than_a_hundred_rows_are_found() {
    SyncJob job =
        asking("select 1::bigint as id, n from generate_series(1, 1000) n", reading("x").build());

    assertThat(find(job, Map.of("id", 1L))).isEqualTo(100);
  }

  private int find(SyncJob job, Map<String, Object> cells) {
    List<Row> rows = lookup.find(job, new RedshiftRowSource(connections).shapeOf(job), cells);
    return rows.size();
  }
}
