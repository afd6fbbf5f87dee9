package io.qupersync.application.simulation;

import static io.qupersync.application.testkit.Columns.columns;

import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The job of one story, and the table it reads.
///
/// @param lenient the same job, as someone changed it to try its dead letters again: a name is no
///   longer required
/// @param stamps how the source dates its rows
/// @param slow whether some transactions commit late, and the source tells that they are open
record Scenario(SyncJob job, SyncJob lenient, Mark.Kind kind, Stamps stamps, boolean slow) {

  static final TableRef SOURCE = TableRef.of("public", "orders");
  static final TableRef TARGET = TableRef.of("analytics", "orders");

  /// Any kind of job; now and then one without lookback, to which no row may come late.
  static Scenario of(Dice dice) {
    SyncMode mode =
        dice.oneOf(
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.UPSERT,
            SyncMode.MIRROR,
            SyncMode.MIRROR,
            SyncMode.APPEND);
    Mark.Kind kind =
        dice.oneOf(Mark.Kind.TIMESTAMP, Mark.Kind.TIMESTAMPTZ, Mark.Kind.DATE, Mark.Kind.NUMBER);
    JobFixture job =
        JobFixture.aJob()
            .keyedOn("id")
            .typing("token", "uuid")
            .batchesOf(dice.between(1, 4))
            .readBy(dice.oneOf(1, 1, 2, 3))
            .committing(dice.between(4, 12))
            .rejectingAtMost(1_000_000)
            .timingOutAfter(Duration.ofDays(365))
            .retrying(new RetryPolicy(dice.upTo(3), Duration.ofMillis(100), Duration.ofSeconds(2)));
    switch (mode) {
      case INCREMENTAL -> watermarked(job.incremental(), kind, false, dice);
      case APPEND -> {
        job.appending();
        if (dice.chance(0.5)) {
          watermarked(job, kind, true, dice);
        }
      }
      case UPSERT -> job.upserting();
      case MIRROR -> job.mirroring();
    }
    SyncJob lenient = job.build();
    return new Scenario(
        job.requiring("name").build(), lenient, kind, Stamps.of(dice), dice.chance(0.4));
  }

  private static void watermarked(JobFixture job, Mark.Kind kind, boolean insertsOnly, Dice dice) {
    int reach = dice.oneOf(0, 0, 5, 60);
    String column = kind == Mark.Kind.NUMBER ? "seq" : "updated_at";
    // without lookback, ids must come in order, too: only where no row changes do they
    boolean tuple = (reach > 0 || insertsOnly) && dice.chance(0.3);
    if (tuple) {
      job.watermarkedOn(column, "id");
    } else {
      job.watermarkedOn(column);
    }
    if (kind == Mark.Kind.NUMBER) {
      job.lookingBack(reach);
    } else {
      job.lookingBack(Duration.ofSeconds(reach));
    }
    if (dice.chance(0.3)) {
      job.unordered();
    }
  }

  List<Column> sourceColumns() {
    String type =
        switch (kind) {
          case TIMESTAMP, NUMBER, TEXT -> "timestamp";
          case TIMESTAMPTZ -> "timestamptz";
          case DATE -> "date";
        };
    List<Column> columns =
        columns(
            "id", "bigint",
            "version", "bigint",
            "name", "varchar(40)",
            "token", "varchar(40)",
            "seq", "bigint",
            "updated_at", type);
    return columns.stream()
        .map(column ->
            new Column(column.name(), column.type(), column.type() != ColumnType.Plain.BIGINT))
        .toList();
  }

  /// An open transaction says something of rows that are dated by the clock.
  boolean hasSlowTransactions() {
    return slow && kind != Mark.Kind.NUMBER && stamps.trailing().isZero();
  }

  Optional<WatermarkRule> watermark() {
    return job.extraction().watermark();
  }

  Lookback lookback() {
    return watermark().map(WatermarkRule::lookback).orElse(new Lookback.None());
  }

  /// How late rows may come: seconds, or steps of the sequence.
  int lateness() {
    return switch (lookback()) {
      case Lookback.None _ -> 0;
      case Lookback.OfTime(Duration reach) -> (int) reach.toSeconds();
      case Lookback.Unsaid(Duration reach) -> (int) reach.toSeconds();
      case Lookback.OfCount(long reach) -> (int) reach;
    };
  }
}
