package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.SourceLookup],
/// [io.qupersync.application.port.SourceCatalog] and [io.qupersync.application.port.DatabaseProbe]
/// of a source promises.
public abstract class SourceInspectionContract {

  private static final TableRef ORDERS = TableRef.of("public", "seen_orders");
  private static final TableRef OLD_ORDERS = TableRef.of("public", "seen_orders_2025");
  private static final TableRef VISITS = TableRef.of("seen_web", "visits");
  private static final List<Column> COLUMNS =
      columns("id", "bigint", "name", "varchar(20)", "amount", "numeric(18,4)", "at", "timestamp");

  private SourceSide side;

  protected abstract SourceSide open();

  @BeforeEach
  void begin() {
    side = open();
    side.create(ORDERS, COLUMNS);
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void finds_the_rows_that_have_all_the_cells_whatever_the_watermark_says() {
    order(1, "Ada", "08:00:00");
    order(2, "Ada", "09:00:00");
    order(2, "Bob", null);
    SyncJob job = aJob().from(ORDERS).incremental().watermarkedOn("at").build();

    assertThat(names(job, Map.of("id", 2L))).containsExactlyInAnyOrder("Ada", "Bob");
    assertThat(names(job, Map.of("id", 2L, "name", "Ada"))).containsExactly("Ada");
    assertThat(names(job, Map.of("at", at("08:00:00")))).containsExactly("Ada");
    assertThat(names(job, Map.of("id", 3L))).isEmpty();
  }

  @Test
  void finds_a_number_whatever_its_scale() {
    order(1, "Ada", "08:00:00");

    assertThat(names(aJob().from(ORDERS).build(), Map.of("amount", new BigDecimal("1.5"))))
        .hasSize(1);
  }

  @Test
  void finds_a_hundred_rows_at_most() {
    for (int i = 0; i < 120; i++) {
      order(1, "Ada", "08:00:00");
    }

    assertThat(names(aJob().from(ORDERS).build(), Map.of("id", 1L))).hasSize(100);
  }

  @Test
  void lists_tables_by_name_without_regard_to_case() {
    side.create(OLD_ORDERS, COLUMNS);
    side.create(VISITS, COLUMNS);

    assertThat(side.catalog().tables("seen_orders*")).containsExactly(ORDERS, OLD_ORDERS);
    assertThat(side.catalog().tables("SEEN_Orders")).containsExactly(ORDERS);
    assertThat(side.catalog().tables("seen_web.*")).containsExactly(VISITS);
    assertThat(side.catalog().tables("public.seen*2025")).containsExactly(OLD_ORDERS);
    assertThat(side.catalog().tables("seen_web.seen_orders*")).isEmpty();
  }

  @Test
  void a_point_and_an_underscore_stand_for_themselves() {
    side.create(OLD_ORDERS, COLUMNS);
    side.create(TableRef.of("public", "seen_ordersx2025"), COLUMNS);

    assertThat(side.catalog().tables("seen_orders_2025")).containsExactly(OLD_ORDERS);
  }

  @Test
  void tells_the_columns_of_a_table() {
    assertThat(side.catalog().detail(ORDERS).shape().columns())
        .extracting(column -> column.name() + " " + column.type().sql())
        .containsExactly("id bigint", "name varchar(20)", "amount numeric(18,4)", "at timestamp");
    assertThat(side.catalog().detail(ORDERS).primaryKey()).isEmpty();
    assertThat(side.catalog().detail(ORDERS).sortKey()).isEmpty();
  }

  @Test
  void a_table_that_is_not_there_has_no_detail() {
    assertThatThrownBy(() -> side.catalog().detail(VISITS)).isInstanceOf(SyncFailure.class);
  }

  @Test
  void says_who_is_there() {
    assertThat(side.probe().probe().version()).isNotBlank();
    assertThat(side.probe().probe().user()).isNotBlank();
  }

  private void order(long id, String name, String time) {
    side.insert(ORDERS, id, name, new BigDecimal("1.5000"), time == null ? null : at(time));
  }

  private List<Object> names(SyncJob job, Map<String, Object> cells) {
    List<Row> found = side.lookup().find(job, side.source().shapeOf(job), cells);
    return found.stream().map(row -> row.cell(1)).toList();
  }
}
