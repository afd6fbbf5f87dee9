package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.Columns.columns;

import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// What a row costs from the driver's hands to ours. The driver holds all rows of a real result, so
/// that nothing but decoding is measured.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodingLoop {

  private static final int ROWS = 1000;

  private static final String QUERY =
      """
      select n::bigint as id, (n * 7919 %% 100000)::integer as customer_id, 'shipped'::varchar(20) as status,
        (n * 1.2345)::numeric(18, 4) as amount, n / 7.0::double precision as weight, n %% 3 = 0 as paid,
        date '2025-01-01' + n %% 365 as order_date, timestamp '2025-01-01' + n * interval '1000007 microseconds' as created_at,
        timestamp '2026-01-01' + n * interval '1001 microseconds' as updated_at,
        timestamptz '2025-01-02 00:00Z' + n * interval '1 second' as shipped_at,
        (case when n %% 4 = 0 then null else 'line one' || chr(10) || 'and 漢字 ' || n end)::varchar(256) as note
      from generate_series(1, %d) as n
      """
          .formatted(ROWS);

  private Connection connection;
  private ResultSet rows;
  private PackedReader packed;
  private ObjectReader loose;

  @Setup
  public void open() throws SQLException {
    var standIn = Source.standIn();
    connection = DriverManager.getConnection(standIn.jdbcUrl(), standIn.user(), standIn.password());
    rows =
        connection
            .createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)
            .executeQuery(QUERY);
    List<Column> columns =
        columns(
            "id",
            "bigint",
            "customer_id",
            "integer",
            "status",
            "varchar(20)",
            "amount",
            "numeric(18,4)",
            "weight",
            "double precision",
            "paid",
            "boolean",
            "order_date",
            "date",
            "created_at",
            "timestamp",
            "updated_at",
            "timestamp",
            "shipped_at",
            "timestamptz",
            "note",
            "varchar(256)");
    var shape = new TableShape(columns);
    var limits = new BatchReader.Limits(ROWS, Long.MAX_VALUE);
    loose = new ObjectReader(RowReader.of(shape, _ -> true), limits);
    packed = new PackedReader(shape, columns, loose, limits);
  }

  @TearDown
  public void close() throws SQLException {
    connection.close();
    Source.standIn().close();
  }

  /// Where no rule touches a cell.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public RowBatch packing() throws SQLException {
    return read(packed);
  }

  /// Where rules look at cells.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public RowBatch takingApart() throws SQLException {
    return read(loose);
  }

  /// What of both is the driver's.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public int driverAlone() throws SQLException {
    int bytes = 0;
    rows.beforeFirst();
    while (rows.next()) {
      for (int column = 1; column <= 11; column++) {
        byte[] cell = rows.getBytes(column);
        bytes += cell == null ? 0 : cell.length;
      }
    }
    return bytes;
  }

  private RowBatch read(BatchReader reader) throws SQLException {
    rows.beforeFirst();
    while (rows.next()) {
      reader.accept(rows);
    }
    return reader.take();
  }
}
