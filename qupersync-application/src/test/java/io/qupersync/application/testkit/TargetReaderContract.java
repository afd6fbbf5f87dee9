package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.TargetSectionReader] promises.
public abstract class TargetReaderContract {

  private static final List<Column> SOURCE = columns("id", "bigint", "name", "text");

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void a_missing_table_has_no_rows() {
    TableMapping mapping = mapping(aJob().build(), SOURCE);

    assertThat(read(mapping)).isEmpty();
    assertThat(side.reader().find(mapping, row(1L))).isEmpty();
  }

  @Test
  void reads_back_what_was_written() {
    TableMapping mapping = write(aJob().build(), "here", row(1L, "Ada"), row(2L, null));

    assertThat(read(mapping))
        .extracting(row -> row.cell(0) + " " + row.cell(1))
        .containsExactlyInAnyOrder("1 Ada", "2 null");
  }

  @Test
  void reads_many_rows_batch_by_batch() {
    SyncJob job = aJob().batchesOf(10).build();
    Row[] rows = new Row[1000];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row((long) i, "row " + i);
    }

    assertThat(read(write(job, "here", rows))).hasSize(1000);
  }

  @Test
  void gives_every_cell_the_type_it_was_written_with() {
    List<Column> source =
        columns(
            "id", "bigint",
            "truth", "boolean",
            "small", "smallint",
            "decimal", "numeric(18,4)",
            "single", "real",
            "dual", "double precision",
            "day", "date",
            "moment", "timestamp",
            "instant", "timestamptz",
            "nothing", "text");
    Object[] cells = {
      7L,
      true,
      -32768L,
      new BigDecimal("0.1000"),
      1.5f,
      -0.25,
      LocalDate.of(-43, 3, 15),
      at("08:00:00.000001"),
      Instant.parse("2026-03-02T08:00:00.999999Z"),
      null
    };
    TableMapping mapping;
    try (var run = ActiveRun.begin(side, aJob().build(), source)) {
      run.commit(row(cells));
      mapping = run.mapping();
    }

    Row found = side.reader().find(mapping, row(7L)).orElseThrow();

    for (int i = 0; i < cells.length; i++) {
      assertThat(found.cell(i)).as("column %d", i).isEqualTo(cells[i]);
    }
  }

  @Test
  void finds_a_row_by_its_key() {
    TableMapping mapping = write(aJob().build(), "here", row(1L, "Ada"), row(2L, "Bob"));

    assertThat(side.reader().find(mapping, row(2L))).map(row -> row.cell(1)).contains("Bob");
    assertThat(side.reader().find(mapping, row(3L))).isEmpty();
  }

  @Test
  void finds_a_row_by_all_the_columns_of_its_key() {
    SyncJob job = aJob().keyedOn("name", "id").build();
    TableMapping mapping = write(job, "here", row(1L, "Ada"), row(1L, "Bob"));

    assertThat(side.reader().find(mapping, row("Bob", 1L))).map(row -> row.cell(1)).contains("Bob");
    assertThat(side.reader().find(mapping, row("Cy", 1L))).isEmpty();
  }

  @Test
  void finds_a_number_whatever_its_scale() {
    TableMapping mapping;
    try (var run = ActiveRun.begin(side, aJob().build(), columns("id", "numeric(10,2)"))) {
      run.commit(row(new BigDecimal("1.00")));
      mapping = run.mapping();
    }

    assertThat(side.reader().find(mapping, row(new BigDecimal("1")))).isPresent();
  }

  @Test
  void reads_only_the_rows_of_the_jobs_own_source() {
    SyncJob job = aJob().stampingSource("source").keyedOn("source", "id").build();
    write(job, "west", row(1L, "Wes"));
    TableMapping east = write(job, "east", row(1L, "Ada"), row(2L, "Bob"));

    assertThat(read(east)).extracting(row -> row.cell(2)).containsExactlyInAnyOrder("Ada", "Bob");
  }

  @Test
  void rows_may_be_closed_before_their_end() {
    TableMapping mapping = write(aJob().build(), "here", row(1L, "Ada"), row(2L, "Bob"));

    try (Rows rows = side.reader().read(mapping)) {
      assertThat(rows).isNotNull();
    }
    assertThat(read(mapping)).hasSize(2);
  }

  private TableMapping write(SyncJob job, String source, Row... rows) {
    try (var run = ActiveRun.begin(side, job, SOURCE, source)) {
      run.commit(rows);
      return run.mapping();
    }
  }

  private TableMapping mapping(SyncJob job, List<Column> source) {
    return MappingResolver.resolve(job, new TableShape(source), Optional.empty(), "here");
  }

  private List<Row> read(TableMapping mapping) {
    var all = new ArrayList<Row>();
    try (Rows rows = side.reader().read(mapping)) {
      for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        all.addAll(batch.get().rows());
      }
    }
    return all;
  }
}
