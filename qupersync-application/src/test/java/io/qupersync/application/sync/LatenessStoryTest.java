package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that come late: what a job learns from them, and what it proposes.
class LatenessStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final Scope FULL = new Scope.Full();
  private static final Scope REPAIR = new Scope.Backfill(Optional.empty(), Optional.empty());
  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
    order(1, "07:00:00");
    order(2, "07:20:00");
  }

  @Test
  void a_first_run_knows_nothing_of_late_rows() {
    world.run(lookingBack(15));

    assertThat(lateness(lookingBack(15))).isEmpty();
    assertThat(status(lookingBack(15)).suggestedLookback()).isEmpty();
  }

  @Test
  void a_row_that_the_lookback_catches_is_counted_and_calls_for_no_more() {
    SyncJob job = lookingBack(15);
    world.run(job);
    order(3, "07:08:00");
    order(4, "07:20:00");
    world.run(job);

    assertThat(lateness(job)).contains(late(Duration.ofMinutes(12), 1));
    assertThat(status(job).suggestedLookback()).contains(minutes(15));
    assertThat(status(job).looksBackTooLittle()).isFalse();
  }

  @Test
  void rows_that_are_read_again_are_not_late() {
    SyncJob job = lookingBack(60);
    world.run(job);
    world.run(job);

    assertThat(lateness(job)).isEmpty();
  }

  @Test
  void a_row_that_was_missed_and_is_found_by_a_full_read_calls_for_more() {
    SyncJob job = lookingBack(5);
    world.run(job);
    order(3, "07:00:30");
    world.run(job);
    assertThat(lateness(job)).isEmpty();

    world.run(job, FULL);

    assertThat(lateness(job)).contains(late(Duration.ofSeconds(1170), 1));
    assertThat(status(job).suggestedLookback()).contains(minutes(20));
    assertThat(status(job).looksBackTooLittle()).isTrue();
  }

  @Test
  void a_row_that_a_repair_brings_was_missed_too() {
    SyncJob job = lookingBack(5);
    world.run(job);
    order(3, "07:00:00");

    world.run(job, REPAIR);

    assertThat(status(job).suggestedLookback()).contains(minutes(20));
  }

  @Test
  void what_is_suggested_would_have_caught_them_all() {
    world.run(lookingBack(5));
    order(3, "07:01:00");
    world.run(lookingBack(5), FULL);
    var suggested = (Lookback.OfTime) status(lookingBack(5)).suggestedLookback().orElseThrow();

    order(4, "07:01:00");
    world.run(incremental().lookingBack(suggested.reach()).build());

    assertThat(world.database().rows(TableRef.of("analytics", "orders"))).hasSize(4);
  }

  @Test
  void old_rows_that_someone_asks_for_are_not_late() {
    SyncJob job = incremental().firstReading(new FirstRead.At("2026-03-02 07:10:00")).build();
    world.run(job);

    world.run(job, FULL);
    assertThat(lateness(job)).isEmpty();

    order(3, "07:11:00");
    world.run(job, new Scope.Backfill(Optional.of("2026-03-02 07:10:30"), Optional.empty()));
    assertThat(lateness(job)).isEmpty();
  }

  @Test
  void a_job_without_a_distance_between_its_watermarks_says_nothing() {
    SyncJob job = aJob().incremental().watermarkedOn("name").build();
    world.run(job);
    world.warehouse().insert(SOURCE, 3L, "a", at("07:00:00"));
    world.run(job, FULL);

    assertThat(lateness(job)).isEmpty();
  }

  @Test
  void numbers_come_late_by_a_count() {
    SyncJob job = aJob().incremental().watermarkedOn("id").keyedOn("id").lookingBack(1).build();
    order(140, "07:00:00");
    world.run(job);
    order(13, "07:00:00");
    world.run(job, FULL);

    assertThat(lateness(job)).contains(new Lateness(new Lookback.OfCount(127), 1));
    assertThat(status(job).suggestedLookback()).contains(new Lookback.OfCount(130));
  }

  private static SyncJob lookingBack(int minutes) {
    return incremental().lookingBack(Duration.ofMinutes(minutes)).build();
  }

  private static JobFixture incremental() {
    return aJob().incremental().watermarkedOn("updated_at").keyedOn("id");
  }

  private void order(long id, String time) {
    world.warehouse().insert(SOURCE, id, "order " + id, at(time));
  }

  private Optional<Lateness> lateness(SyncJob job) {
    return status(job).progress().lateness();
  }

  private JobStatus status(SyncJob job) {
    var registry = new JobRegistry(List.of(JobVariants.same(job)));
    var database = world.database();
    return new JobQueries(new JobDefinitions(registry), database.standings(), database.schedules())
        .find(job.id())
        .orElseThrow();
  }

  private static Lateness late(Duration most, long rows) {
    return new Lateness(new Lookback.OfTime(most), rows);
  }

  private static Lookback minutes(int minutes) {
    return new Lookback.OfTime(Duration.ofMinutes(minutes));
  }
}
