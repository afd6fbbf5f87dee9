package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.ProgressStore.Basis;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TargetRow;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every [io.qupersync.application.port.ProgressStore] promises.
public abstract class ProgressStoreContract {

  private static final SyncJob JOB = aJob().incremental().watermarkedOn("updated_at").build();
  private static final JobId ORDERS = JOB.id();
  private static final List<Column> SOURCE = columns("id", "bigint", "updated_at", "timestamp");
  private static final Instant ENDED = Instant.parse("2026-03-02T08:00:31.654321Z");
  private static final Watermark EIGHT =
      Watermark.of(new WatermarkValue.Timestamp(at("08:00:00.000001")));
  private static final Watermark NINE =
      Watermark.of(new WatermarkValue.Timestamp(at("09:00:00.999999")));

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
  void knows_nothing_of_a_job_before_its_first_run() {
    assertThat(progress()).isEqualTo(JobProgress.none());
  }

  @Test
  void remembers_where_a_run_ended_and_when() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().advance(run.lease(), Optional.of(EIGHT), ENDED);
    }

    assertThat(progress())
        .isEqualTo(new JobProgress(Optional.of(EIGHT), Optional.empty(), Optional.of(ENDED)));
  }

  @Test
  void a_run_without_a_watermark_leaves_the_former_one() {
    side.progress().set(ORDERS, Optional.of(EIGHT));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().advance(run.lease(), Optional.empty(), ENDED);
    }

    assertThat(progress().watermark()).contains(EIGHT);
    assertThat(progress().lastSync()).contains(ENDED);
  }

  @Test
  void a_run_that_ended_needs_no_checkpoint_any_more() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new Checkpoint(EIGHT, Optional.of(NINE)), row(1L, at("08:00:00")));
      side.progress().advance(run.lease(), Optional.of(EIGHT), ENDED);
    }

    assertThat(progress().checkpoint()).isEmpty();
  }

  static Stream<Watermark> watermarks() {
    return Stream.of(
        Watermark.of(new WatermarkValue.Timestamp(at("08:00:00"))),
        Watermark.of(new WatermarkValue.Timestamp(at("08:00:00.000001"))),
        Watermark.of(new WatermarkValue.Timestamp(LocalDateTime.parse("-0043-03-15T12:00:00"))),
        Watermark.of(
            new WatermarkValue.Timestamp(
                LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000))),
        Watermark.of(new WatermarkValue.TimestampTz(Instant.parse("2026-03-02T08:00:00.999999Z"))),
        Watermark.of(new WatermarkValue.Date(LocalDate.of(9999, 12, 31))),
        Watermark.of(new WatermarkValue.Numeric(BigDecimal.valueOf(Long.MAX_VALUE))),
        Watermark.of(new WatermarkValue.Numeric(new BigDecimal("-12345678901234567890.123456789"))),
        Watermark.of(new WatermarkValue.Text("")),
        Watermark.of(new WatermarkValue.Text("a, \"b\" and 'c' \\ {\uD83D\uDE00}\n")),
        Watermark.of(
            new WatermarkValue.Timestamp(at("08:00:00")),
            new WatermarkValue.Numeric(BigDecimal.TEN)),
        Watermark.of(
            new WatermarkValue.Date(LocalDate.of(2026, 3, 2)),
            new WatermarkValue.Text("x"),
            new WatermarkValue.Text("y,z")));
  }

  @ParameterizedTest
  @MethodSource("watermarks")
  void gives_back_every_kind_of_watermark_as_it_was(Watermark watermark) {
    side.progress().set(ORDERS, Optional.of(watermark));

    assertThat(progress().watermark()).contains(watermark);
  }

  @ParameterizedTest
  @MethodSource("watermarks")
  void gives_back_every_kind_of_checkpoint_as_it_was(Watermark watermark) {
    var open = new Checkpoint(watermark, Optional.empty());
    var bounded = new Checkpoint(watermark, Optional.of(Watermark.of(watermark.first())));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(open, row(1L, at("08:00:00")));
      assertThat(progress().checkpoint()).contains(open);

      run.commit(bounded, row(2L, at("08:00:00")));
      assertThat(progress().checkpoint()).contains(bounded);
    }
  }

  @Test
  void moving_the_watermark_by_hand_forgets_the_checkpoint() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new Checkpoint(NINE, Optional.of(NINE)), row(1L, at("09:00:00")));
    }

    side.progress().set(ORDERS, Optional.of(EIGHT));

    assertThat(progress().watermark()).contains(EIGHT);
    assertThat(progress().checkpoint()).isEmpty();
  }

  @Test
  void forgetting_the_watermark_forgets_the_checkpoint_too() {
    side.progress().set(ORDERS, Optional.of(EIGHT));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new Checkpoint(NINE, Optional.of(NINE)), row(1L, at("09:00:00")));
    }

    side.progress().set(ORDERS, Optional.empty());

    assertThat(progress().watermark()).isEmpty();
    assertThat(progress().checkpoint()).isEmpty();
  }

  @Test
  void remembers_where_the_first_run_began_until_the_watermark_is_set_by_hand() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().rememberBeginning(run.lease(), EIGHT);
      run.commit(new Checkpoint(NINE, Optional.of(NINE)), row(1L, at("09:00:00")));
      side.progress().advance(run.lease(), Optional.of(NINE), ENDED);
    }
    assertThat(progress().beginning()).contains(EIGHT);
    assertThat(progress().watermark()).contains(NINE);

    side.progress().set(ORDERS, Optional.of(NINE));

    assertThat(progress().beginning()).isEmpty();
  }

  @Test
  void a_run_that_lost_its_lease_cannot_say_where_the_first_one_began() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.loseLease();

      assertThatThrownBy(() -> side.progress().rememberBeginning(run.lease(), EIGHT))
          .isInstanceOf(SyncFailure.class);
    }

    assertThat(progress().beginning()).isEmpty();
  }

  @Test
  void nobody_moves_the_watermark_of_a_run_that_is_under_way() {
    side.progress().set(ORDERS, Optional.of(EIGHT));
    try (var _ = ActiveRun.begin(side, JOB, SOURCE)) {
      assertThatThrownBy(() -> side.progress().set(ORDERS, Optional.of(NINE)))
          .isInstanceOf(SyncFailure.class);
    }

    assertThat(progress().watermark()).contains(EIGHT);
  }

  @Test
  void a_run_that_vanished_does_not_keep_the_watermark_from_being_moved_for_ever() {
    try (var _ = ActiveRun.begin(side, JOB, SOURCE)) {
      side.elapse(ActiveRun.LEASE_TIME.plusSeconds(1));

      side.progress().set(ORDERS, Optional.of(NINE));
    }

    assertThat(progress().watermark()).contains(NINE);
  }

  @Test
  void a_run_that_lost_its_lease_cannot_advance() {
    side.progress().set(ORDERS, Optional.of(EIGHT));
    JobProgress before = progress();
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.loseLease();

      assertThatThrownBy(() -> side.progress().advance(run.lease(), Optional.of(NINE), ENDED))
          .isInstanceOfSatisfying(
              SyncFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.LEASE_LOST));
    }

    assertThat(progress()).isEqualTo(before);
  }

  @Test
  void keeps_the_progress_of_two_jobs_apart() {
    side.progress().set(ORDERS, Optional.of(EIGHT));

    assertThat(side.progress().load(new JobId("customers"))).isEqualTo(JobProgress.none());
  }

  private static final Fingerprint MADE_FOR =
      new Fingerprint(
          Map.of(
              Fingerprint.Item.SOURCE, "here:5439/dev",
              Fingerprint.Item.EXTRACTION, "query select 'a' , \"B\" → \\",
              Fingerprint.Item.TABLE, "16384"));
  private static final Fingerprint OTHER =
      new Fingerprint(Map.of(Fingerprint.Item.SOURCE, "there:5439/dev"));

  @Test
  void remembers_what_a_watermark_was_made_for_and_the_row_that_the_target_has() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, at("08:00:00")), row(2L, at("09:00:00.999999")));
      var sought = new TargetRow(run.mapping(), row(2L));

      side.progress()
          .advance(run.lease(), Optional.of(NINE), ENDED, basis(MADE_FOR, sought, false));
    }

    assertThat(origin())
        .isEqualTo(new WatermarkOrigin(MADE_FOR, Optional.of(ROW_TWO), Optional.empty(), false));
    assertThat(progress().watermark()).contains(NINE);
  }

  @Test
  void a_row_that_the_target_lacks_is_no_witness_and_the_former_one_stays() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, at("08:00:00")));
      var sought = new TargetRow(run.mapping(), row(7L));

      side.progress()
          .advance(
              run.lease(),
              Optional.of(EIGHT),
              ENDED,
              Optional.of(new Basis(MADE_FOR, Optional.of(sought), Optional.of(ROW_TWO), false)));
    }

    assertThat(origin().witness()).contains(ROW_TWO);
  }

  @Test
  void a_target_may_be_empty_until_the_row_is_found_in_it() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(2L, at("09:00:00.999999")));
      for (long id = 1; id <= 2; id++) {
        var sought = new TargetRow(run.mapping(), row(id));
        side.progress()
            .advance(
                run.lease(),
                Optional.of(NINE),
                ENDED,
                Optional.of(
                    new Basis(MADE_FOR, Optional.of(sought), Optional.empty(), false, true)));
        assertThat(origin().byHand()).isEqualTo(id == 1);
        assertThat(origin().witness()).isEqualTo(id == 1 ? Optional.empty() : Optional.of(ROW_TWO));
      }
    }
  }

  @Test
  void a_run_without_a_basis_leaves_what_is_known() {
    side.progress().set(ORDERS, Optional.of(EIGHT), Optional.of(MADE_FOR));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().advance(run.lease(), Optional.of(NINE), ENDED);
    }

    assertThat(origin().fingerprint()).isEqualTo(MADE_FOR);
  }

  @Test
  void a_watermark_that_is_made_anew_forgets_the_former_one() {
    side.progress().set(ORDERS, Optional.of(EIGHT), Optional.of(MADE_FOR));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().lost(run.lease(), "the table is gone");
      side.progress()
          .advance(
              run.lease(),
              Optional.empty(),
              ENDED,
              Optional.of(new Basis(OTHER, Optional.empty(), Optional.empty(), true)));
    }

    assertThat(progress().watermark()).isEmpty();
    assertThat(origin()).isEqualTo(WatermarkOrigin.of(OTHER));
  }

  @Test
  void remembers_a_row_that_a_run_has_set_back_and_nothing_else() {
    side.progress().set(ORDERS, Optional.of(EIGHT), Optional.of(MADE_FOR));
    var setBack = new Witness(Map.of("id", "7"), Optional.empty());
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().witnessed(run.lease(), setBack);
    }

    assertThat(progress().watermark()).contains(EIGHT);
    assertThat(origin())
        .isEqualTo(new WatermarkOrigin(MADE_FOR, Optional.of(setBack), Optional.empty(), true));
  }

  @Test
  void what_is_lost_stays_lost_until_it_is_settled() {
    side.progress().set(ORDERS, Optional.of(EIGHT), Optional.of(MADE_FOR));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().lost(run.lease(), "the table is gone");
      side.progress().adopt(run.lease(), OTHER);
    }
    assertThat(origin())
        .isEqualTo(
            new WatermarkOrigin(OTHER, Optional.empty(), Optional.of("the table is gone"), true));
    side.elapse(ActiveRun.LEASE_TIME.plusSeconds(1));

    side.progress().keep(ORDERS, MADE_FOR);

    assertThat(origin())
        .isEqualTo(new WatermarkOrigin(MADE_FOR, Optional.empty(), Optional.empty(), true));
    assertThat(progress().watermark()).contains(EIGHT);
  }

  @Test
  void checkpoints_and_watermark_are_kept_with_what_they_are_made_for() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.progress().adopt(run.lease(), MADE_FOR);
      run.commit(new Checkpoint(EIGHT, Optional.empty()), row(1L, at("08:00:00")));
    }
    assertThat(origin()).isEqualTo(WatermarkOrigin.of(MADE_FOR));
    side.elapse(ActiveRun.LEASE_TIME.plusSeconds(1));

    side.progress().keep(ORDERS, OTHER);

    assertThat(progress().checkpoint()).isPresent();
    side.progress().set(ORDERS, Optional.empty());
    assertThat(progress().origin()).isEmpty();
  }

  @Test
  void a_run_that_lost_its_lease_says_nothing_of_watermarks() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.loseLease();

      assertThatThrownBy(() -> side.progress().adopt(run.lease(), MADE_FOR))
          .isInstanceOf(SyncFailure.class);
      assertThatThrownBy(() -> side.progress().lost(run.lease(), "all"))
          .isInstanceOf(SyncFailure.class);
    }

    assertThat(progress().origin()).isEmpty();
  }

  @Test
  void nobody_keeps_the_watermark_of_a_run_that_is_under_way() {
    try (var _ = ActiveRun.begin(side, JOB, SOURCE)) {
      assertThatThrownBy(() -> side.progress().keep(ORDERS, MADE_FOR))
          .isInstanceOf(SyncFailure.class);
    }
  }

  private static final Witness ROW_TWO =
      new Witness(
          Map.of("id", "2"),
          Optional.of(new Witness.Column("updated_at", "2026-03-02 09:00:00.999999")));

  private static Optional<Basis> basis(Fingerprint made, TargetRow sought, boolean anew) {
    return Optional.of(new Basis(made, Optional.of(sought), Optional.empty(), anew));
  }

  private WatermarkOrigin origin() {
    WatermarkOrigin origin = progress().origin().orElseThrow();
    return new WatermarkOrigin(
        origin.fingerprint(), origin.witness(), origin.lost(), origin.byHand());
  }

  private JobProgress progress() {
    return side.progress().load(ORDERS);
  }
}
