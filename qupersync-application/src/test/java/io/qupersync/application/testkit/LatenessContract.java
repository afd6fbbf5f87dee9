package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.LateRows.Among;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Column;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [io.qupersync.application.port.Load] sees of rows that come late, and what becomes of
/// it in the [io.qupersync.application.port.ProgressStore].
public abstract class LatenessContract {

  private static final List<Column> SOURCE =
      columns("id", "bigint", "name", "text", "token", "text", "updated_at", "timestamp");
  private static final String TOKEN = "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d";
  private static final SyncJob JOB =
      aJob()
          .incremental()
          .watermarkedOn("updated_at")
          .requiring("name")
          .typing("token", "uuid")
          .build();

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
  void how_late_rows_came_is_remembered_with_the_batch() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, "Ada", TOKEN, at("07:00:00")), row(2L, "Ada", TOKEN, at("08:30:00")));
      assertThat(lateness()).isEmpty();

      run.commit(
          new BatchStep(2, Optional.empty()).watching(lateRows(Among.WRITTEN)),
          row(1L, "Ada", TOKEN, at("07:00:00")),
          row(2L, "Bea", TOKEN, at("07:45:00")),
          row(3L, "Cleo", TOKEN, at("07:47:59.999999")),
          row(4L, "Dora", TOKEN, at("08:00:00")),
          row(5L, "Emma", TOKEN, null),
          row(6L, "Fay", "not a uuid", at("06:00:00")),
          row(7L, null, TOKEN, at("06:00:00")));
      assertThat(lateness()).contains(late(Duration.ofMinutes(15), 2));

      run.commit(
          new BatchStep(3, Optional.of(checkpoint("08:00:00"))).watching(lateRows(Among.WRITTEN)),
          row(8L, "Gwen", TOKEN, at("07:50:00")));
      assertThat(lateness()).contains(late(Duration.ofMinutes(15), 3));
      assertThat(checkpoint()).contains(checkpoint("08:00:00"));

      side.progress().advance(run.lease(), Optional.empty(), Instant.EPOCH);
    }
    assertThat(lateness()).contains(late(Duration.ofMinutes(15), 3));

    side.progress().set(JOB.id(), Optional.of(checkpoint("08:00:00").at()));
    assertThat(lateness()).isEmpty();
  }

  @Test
  void a_wider_read_calls_only_new_rows_late_and_none_from_before_the_beginning() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, "Ada", TOKEN, at("08:00:00")));

      run.commit(
          new BatchStep(2, Optional.empty()).watching(lateRows(Among.INSERTED)),
          row(1L, "Bea", TOKEN, at("07:00:00")),
          row(2L, "Cleo", TOKEN, at("06:30:00")),
          row(3L, "Dora", TOKEN, at("05:59:59")));
    }

    assertThat(lateness()).contains(late(Duration.ofMinutes(90), 1));

    side.elapse(ActiveRun.LEASE_TIME.plusSeconds(1));
    var madeFor = new Fingerprint(Map.of(Fingerprint.Item.SOURCE, "here:5439/dev"));
    side.progress().keep(JOB.id(), madeFor);
    assertThat(lateness()).isEmpty();
  }

  @Test
  void a_batch_that_is_not_committed_leaves_no_late_row_behind() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.loseLease();
      var step = new BatchStep(1, Optional.empty()).watching(lateRows(Among.WRITTEN));

      assertThatThrownBy(() -> run.commit(step, row(1L, "Ada", TOKEN, at("07:00:00"))))
          .isInstanceOf(SyncFailure.class);
    }

    assertThat(lateness()).isEmpty();
  }

  @Test
  void a_step_that_was_committed_before_is_not_counted_again() {
    var step = new BatchStep(1, Optional.empty()).watching(lateRows(Among.WRITTEN));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step, row(1L, "Ada", TOKEN, at("07:00:00")));
      run.reload();
      run.commit(step, row(1L, "Ada", TOKEN, at("07:00:00")));
    }

    assertThat(lateness()).contains(late(Duration.ofHours(1), 1));
  }

  static Stream<Arguments> marks() {
    return Stream.of(
        arguments("timestamptz", instant("08:00:00"), instant("07:59:00.5"), seconds("59.5")),
        arguments("date", LocalDate.EPOCH, LocalDate.EPOCH.minusDays(3), seconds("259200")),
        arguments("bigint", 100L, -100L, new Lookback.OfCount(200)),
        arguments("integer", 100L, 99L, new Lookback.OfCount(1)),
        arguments(
            "numeric(38,9)",
            BigDecimal.valueOf(10),
            new BigDecimal("7.500000000"),
            new Lookback.OfCount(3)));
  }

  @ParameterizedTest
  @MethodSource("marks")
  void lateness_is_told_of_every_watermark_that_has_a_distance(
      String type, Object reached, Object mark, Lookback most) {
    SyncJob job = aJob().incremental().watermarkedOn("mark").build();
    var late =
        new LateRows(WatermarkValue.of(reached).orElseThrow(), Optional.empty(), Among.WRITTEN);
    try (var run = ActiveRun.begin(side, job, columns("id", "bigint", "mark", type))) {
      run.commit(row(1L, reached));
      run.commit(
          new BatchStep(2, Optional.empty()).watching(Optional.of(late)),
          row(2L, mark),
          row(3L, reached));
    }

    assertThat(lateness()).contains(new Lateness(most, 1));
  }

  private static Instant instant(String time) {
    return at(time).toInstant(ZoneOffset.UTC);
  }

  private static Lookback seconds(String seconds) {
    return new Lookback.OfTime(
        Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValueExact()));
  }

  private static Optional<LateRows> lateRows(Among among) {
    return Optional.of(
        new LateRows(
            new WatermarkValue.Timestamp(at("08:00:00")),
            Optional.of(new WatermarkValue.Timestamp(at("06:00:00"))),
            among));
  }

  private static Lateness late(Duration most, long rows) {
    return new Lateness(new Lookback.OfTime(most), rows);
  }

  private Optional<Lateness> lateness() {
    return side.progress().load(JOB.id()).lateness();
  }

  private static Checkpoint checkpoint(String time) {
    return new Checkpoint(Watermark.of(new WatermarkValue.Timestamp(at(time))), Optional.empty());
  }

  private Optional<Checkpoint> checkpoint() {
    return side.progress().load(JOB.id()).checkpoint();
  }
}
