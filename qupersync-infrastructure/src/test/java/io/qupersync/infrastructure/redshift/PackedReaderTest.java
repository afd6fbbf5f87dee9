package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import io.qupersync.sandbox.relay.ResultFormat;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that have no packed form come between those that have one, in the order of the source.
class PackedReaderTest {

  private static final int ROWS = 3000;

  private static final String USUAL_TYPES =
      """
      select true, 1::smallint, 1::integer, 1::bigint, 1::numeric(9, 2), 1::numeric(38, 9), 1::real, 1::double precision,
        current_date, now()::timestamp, now(), 'x'::varchar(9), 'x'::char(9), 'x'::bytea
      """;

  @ParameterizedTest
  @ValueSource(ints = {4, 300, 4 << 10, 4 << 20})
  void rows_keep_their_order_whatever_they_hold(int batchBytes) {
    SyncJob job =
        asking(
            """
            select n as id,
              case when n %% 7 = 3 or n %% 100 > 90 then date '0044-03-15 BC' else date '2026-01-01' + n end as day,
              case when n %% 997 = 5 then repeat('x', 1200000) else 'note ' || n end as note
            from generate_series(1, %d) as n
            """
                .formatted(ROWS),
            reading("anything").batchesOf(50).build());
    RedshiftRowSource source = source(batchBytes);
    TableShape shape = source.shapeOf(job);

    List<RowBatch> batches = batches(source.openPacked(job, shape, Window.everything()));

    List<Row> rows = batches.stream().flatMap(batch -> batch.rows().stream()).toList();
    assertThat(rows).hasSize(ROWS);
    for (int i = 0; i < ROWS; i++) {
      long n = i + 1L;
      boolean isStrange = n % 7 == 3 || n % 100 > 90;
      assertThat(rows.get(i).cell(0)).isEqualTo(n);
      assertThat(rows.get(i).cell(1))
          .isEqualTo(isStrange ? LocalDate.of(-43, 3, 15) : LocalDate.of(2026, 1, 1).plusDays(n));
      assertThat((String) rows.get(i).cell(2)).startsWith(n % 997 == 5 ? "xxxx" : "note " + n);
    }
    assertThat(batches).hasAtLeastOneElementOfType(PackedRows.class);
    assertThat(batches).allMatch(batch -> batch.size() <= 50);
  }

  @Test
  void one_strange_row_does_not_keep_all_behind_it_from_being_packed() {
    SyncJob job =
        asking(
            "select n as id, case n when 10 then date 'infinity' else date '2026-01-01' end as day from generate_series(1, 1000) as n",
            reading("anything").batchesOf(100).build());
    RedshiftRowSource source = source(4 << 20);

    List<RowBatch> batches =
        batches(source.openPacked(job, source.shapeOf(job), Window.everything()));

    assertThat(batches.stream().filter(PackedRows.class::isInstance).mapToInt(RowBatch::size).sum())
        .isGreaterThanOrEqualTo(900);
  }

  /// By way of a value a cell takes many times as long, which nobody would see but in a profile.
  @ParameterizedTest
  @EnumSource(ResultFormat.class)
  void no_usual_type_goes_by_way_of_a_value(ResultFormat format) throws SQLException {
    try (var standIn = RedshiftStandIn.start(StandInSettings.defaults().results(format));
        Connection connection =
            DriverManager.getConnection(standIn.jdbcUrl(), standIn.user(), standIn.password());
        PreparedStatement statement = connection.prepareStatement(USUAL_TYPES);
        ResultSet rows = statement.executeQuery()) {
      ResultSetMetaData columns = rows.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnTypeName(i);
        ColumnType type =
            SourceTypes.of(name, columns.getPrecision(i), columns.getScale(i)).orElseThrow();

        assertThat(CellPacker.of(rows, i, new Column("c", type, true)).reader()).as(name).isEmpty();
      }
    }
  }

  private static RedshiftRowSource source(int batchBytes) {
    return Source.rows(
        Source.settings(
            Source.login(),
            new RedshiftSettings.Limits(
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1 << 20,
                batchBytes),
            Map.of()));
  }

  private static List<RowBatch> batches(Rows rows) {
    try (rows) {
      var all = new ArrayList<RowBatch>();
      for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        all.add(batch.get());
      }
      return all;
    }
  }
}
