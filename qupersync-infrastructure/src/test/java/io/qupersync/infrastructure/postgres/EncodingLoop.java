package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;

import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteStreamWriter;

/// What a row costs on its way from our hands to the driver of the target, which throws it away
/// here.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodingLoop {

  private static final int ROWS = 1000;

  private static final List<Column> COLUMNS =
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

  private final Nowhere nowhere = new Nowhere();
  private List<Row> rows;
  private List<PackedRows> packed;
  private BinaryRows binary;
  private CellEncoder[] encoders;
  private TableMapping mapping;

  @Setup
  public void prepare() {
    var shape = new TableShape(COLUMNS);
    rows = IntStream.range(0, ROWS).mapToObj(EncodingLoop::row).toList();
    packed = List.of(pack(shape, rows));
    binary =
        BinaryRows.of(
                packed.getFirst(),
                COLUMNS.stream().map(Column::type).toList(),
                List.of(),
                List.of())
            .orElseThrow();
    encoders =
        COLUMNS.stream().map(column -> CellEncoder.of(column.type())).toArray(CellEncoder[]::new);
    mapping = MappingResolver.resolve(aJob().build(), shape, Optional.empty(), "here");
  }

  private static Row row(int i) {
    return new Row(
        (long) i,
        (long) i * 7919 % 100_000,
        "shipped",
        BigDecimal.valueOf(i * 12_345L, 4),
        i / 7.0,
        i % 3 == 0,
        LocalDate.of(2025, 1, 1).plusDays(i % 365),
        LocalDateTime.of(2025, 1, 1, 0, 0).plusNanos(i * 1_000_007_000L),
        LocalDateTime.of(2026, 1, 1, 0, 0).plusNanos(i * 1_001_000L),
        Instant.parse("2025-01-02T00:00:00Z").plusSeconds(i),
        i % 4 == 0 ? null : "line one\nand 漢字 " + i);
  }

  private static PackedRows pack(TableShape shape, List<Row> rows) {
    var packer = new RowPacker(shape, IntStream.range(0, COLUMNS.size()).boxed().toList());
    rows.forEach(packer::addRow);
    return packer.pack();
  }

  /// Packed rows, where no rule touches a cell.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long packed() throws SQLException {
    binary.send(packed, List.of(), nowhere);
    return nowhere.bytes;
  }

  /// Cells, where rules have looked at them.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long cellsToText() throws SQLException {
    var out = new CopyBuffer(nowhere);
    for (Row row : rows) {
      for (int i = 0; i < encoders.length; i++) {
        Object cell = row.cell(i);
        if (cell == null) {
          out.nothing();
        } else {
          encoders[i].encode(cell, out);
        }
        out.endCell();
      }
    }
    out.flush();
    return nowhere.bytes;
  }

  /// What the rules of a job cost that has none.
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ShapedBatch mapping() {
    return mapping.shape(List.of(RowBatch.of(new ArrayList<>(rows), 0)));
  }

  /// A COPY that goes nowhere.
  private static final class Nowhere implements CopyIn {

    private long bytes;

    @Override
    public void writeToCopy(byte[] buffer, int offset, int length) {
      bytes += length;
    }

    @Override
    public void writeToCopy(ByteStreamWriter from) {
      bytes += from.getLength();
    }

    @Override
    public void flushCopy() {}

    @Override
    public long endCopy() {
      return 0;
    }

    @Override
    public int getFieldCount() {
      return COLUMNS.size();
    }

    @Override
    public int getFormat() {
      return 1;
    }

    @Override
    public int getFieldFormat(int field) {
      return 1;
    }

    @Override
    public boolean isActive() {
      return true;
    }

    @Override
    public void cancelCopy() {}

    @Override
    public long getHandledRowCount() {
      return 0;
    }
  }
}
