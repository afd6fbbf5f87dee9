package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.asking;
import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.sandbox.relay.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is held is bounded by bytes, however wide the rows and however many.
@Timeout(120)
final class RedshiftMemoryTest {

  private static final int KILOBYTE = 1 << 10;

  private final SyncJob job = reading("x").batchesOf(1000).build();

  @Test
  void narrow_rows_are_fetched_in_few_round_trips() {
    var source =
        Source.rows(
            Source.settings(
                Source.login(),
                Source.limits(),
                Map.of("socketFactory", CountingSockets.class.getName())));
    SyncJob narrow = asking("select n::bigint as id from generate_series(1, 200000) n", job);
    int before = CountingSockets.SENDS.get();

    assertThat(Source.read(source, narrow, Window.everything())).hasSize(200_000);

    // 400 would be fetches of 500 rows
    assertThat(CountingSockets.SENDS.get() - before).isLessThan(60);
  }

  @Test
  void a_batch_is_full_of_rows_or_full_of_bytes() {
    var source = budgeted(1 << 20, 256 * KILOBYTE);
    SyncJob wide =
        asking(
            "select n::bigint as id, repeat('x', 10000) as note from generate_series(1, 100) n",
            job);

    List<RowBatch> batches = batches(source, wide);

    assertThat(batches)
        .allSatisfy(batch -> assertThat(batch.bytes()).isBetween(1L, 256L * KILOBYTE));
    assertThat(batches.stream().mapToInt(batch -> batch.rows().size()).sum()).isEqualTo(100);
  }

  @Test
  void a_row_larger_than_a_batch_goes_alone() {
    var source = budgeted(1 << 20, 256 * KILOBYTE);
    SyncJob one =
        asking(
            """
            select n::bigint as id, repeat('x', case when n = 5 then 1000000 else 1 end) as note
            from generate_series(1, 10) n\
            """,
            job);

    assertThat(batches(source, one))
        .extracting(batch -> batch.rows().size())
        .containsExactly(4, 1, 5);
  }

  @Test
  void wide_rows_are_fetched_a_few_at_a_time() {
    // 60 MB, of which the driver may hold no more than 5 at a time, or it gives up
    var source = budgeted(1 << 20, 1 << 20);
    SyncJob wide =
        asking(
            "select n::bigint as id, repeat('x', 1000000) as note from generate_series(1, 60) n",
            job);

    try (Rows rows = source.open(wide, source.shapeOf(wide), Window.everything())) {
      int count = 0;
      for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        count += batch.get().rows().size();
      }
      assertThat(count).isEqualTo(60);
    }
  }

  @Test
  void rows_that_suddenly_grow_wide_are_fetched_more_carefully_at_the_next_try() {
    var source = budgeted(256 * KILOBYTE, 256 * KILOBYTE);
    SyncJob growing =
        asking(
            """
            select n::bigint as id, repeat('x', case when n > 10000 then 10000 else 1 end)::varchar(10000) as note
            from generate_series(1, 11000) n\
            """,
            job);

    int failures = 0;
    int read = 0;
    while (read == 0 && failures < 5) {
      try {
        read = Source.read(source, growing, Window.everything()).size();
      } catch (TransientFailure tooWide) {
        assertThat(tooWide).hasMessageContaining("too wide to fetch");
        failures++;
      }
    }

    assertThat(read).isEqualTo(11_000);
    assertThat(failures).isBetween(1, 3);
  }

  @Test
  void a_server_that_limits_fetches_is_obeyed_from_then_on() {
    var source =
        Source.rows(
            Source.settings(
                Source.login(),
                Source.limits(),
                Map.of("socketFactory", CountingSockets.class.getName())));
    SyncJob narrow = asking("select n::bigint as id from generate_series(1, 20000) n", job);
    Source.standIn()
        .faults()
        .arm(
            Fault.error(
                    "XX000",
                    "Fetch size 2000 exceeds the limit of 1000 for a single node configuration. Reduce the client fetch/cache size or upgrade to a multi node installation.")
                .whileRunning("generate_series"));

    assertThatThrownBy(() -> Source.read(source, narrow, Window.everything()))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("no more than 1000 rows; the next try fetches fewer");
    int before = CountingSockets.SENDS.get();
    assertThat(Source.read(source, narrow, Window.everything())).hasSize(20_000);
    // twenty fetches, with more than two sends each
    assertThat(CountingSockets.SENDS.get() - before).isGreaterThan(50);
  }

  @Test
  void a_single_row_beyond_all_bounds_is_refused() {
    var source = budgeted(64 * KILOBYTE, 64 * KILOBYTE);
    SyncJob huge = asking("select 1::bigint as id, repeat('x', 5000000) as note", job);

    assertThatThrownBy(() -> Source.read(source, huge, Window.everything()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("a single row is too large");
  }

  private static RedshiftRowSource budgeted(long fetchBytes, long batchBytes) {
    Duration patience = Duration.ofSeconds(30);
    return Source.rows(
        Source.settings(
            Source.login(),
            new RedshiftSettings.Limits(4, patience, patience, patience, fetchBytes, batchBytes),
            Map.of()));
  }

  private static List<RowBatch> batches(RedshiftRowSource source, SyncJob job) {
    var batches = new ArrayList<RowBatch>();
    try (Rows rows = source.open(job, source.shapeOf(job), Window.everything())) {
      for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        batches.add(batch.get());
      }
    }
    return batches;
  }
}
