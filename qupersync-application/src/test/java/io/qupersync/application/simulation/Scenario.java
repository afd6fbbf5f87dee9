package io.qupersync.application.simulation;

import static io.qupersync.application.testkit.Columns.columns;

import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.WatermarkValue;
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
record Scenario(
    SyncJob job, SyncJob lenient, WatermarkValue.Kind kind, RowTimestamps stamps, boolean slow) {

  static final TableRef SOURCE = TableRef.of("public", "orders");
  static final TableRef TARGET = TableRef.of("analytics", "orders");

  /// Any kind of job; now and then one without lookback, to which no row may come late.
  static Scenario of(RandomChoices randomChoices) {
    SyncMode mode =
        randomChoices.oneOf(
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.INCREMENTAL,
            SyncMode.UPSERT,
            SyncMode.MIRROR,
            SyncMode.MIRROR,
            SyncMode.APPEND);
    WatermarkValue.Kind kind =
        randomChoices.oneOf(
            WatermarkValue.Kind.TIMESTAMP,
            WatermarkValue.Kind.TIMESTAMPTZ,
            WatermarkValue.Kind.DATE,
            WatermarkValue.Kind.NUMBER);
    JobFixture job =
        JobFixture.aJob()
            .keyedOn("id")
            .typing("token", "uuid")
            .batchesOf(randomChoices.between(1, 4))
            .readBy(randomChoices.oneOf(1, 1, 2, 3))
            .committing(randomChoices.between(4, 12))
            .rejectingAtMost(1_000_000)
            .timingOutAfter(Duration.ofDays(365))
            .retrying(
                new RetryPolicy(
                    randomChoices.upTo(3), Duration.ofMillis(100), Duration.ofSeconds(2)));
    switch (mode) {
      case INCREMENTAL -> watermarked(job.incremental(), kind, false, randomChoices);
      case APPEND -> {
        job.appending();
        if (randomChoices.chance(0.5)) {
          watermarked(job, kind, true, randomChoices);
        }
      }
      case UPSERT -> job.upserting();
      case MIRROR -> job.mirroring();
    }
    SyncJob lenient = job.build();
    return new Scenario(
        job.requiring("name").build(),
        lenient,
        kind,
        RowTimestamps.of(randomChoices),
        randomChoices.chance(0.4));
  }

  private static void watermarked(
      JobFixture job, WatermarkValue.Kind kind, boolean insertsOnly, RandomChoices randomChoices) {
    int reach = randomChoices.oneOf(0, 0, 5, 60);
    String column = kind == WatermarkValue.Kind.NUMBER ? "seq" : "updated_at";
    // without lookback, ids must come in order, too: only where no row changes do they
    boolean tuple = (reach > 0 || insertsOnly) && randomChoices.chance(0.3);
    if (tuple) {
      job.watermarkedOn(column, "id");
    } else {
      job.watermarkedOn(column);
    }
    if (kind == WatermarkValue.Kind.NUMBER) {
      job.lookingBack(reach);
    } else {
      job.lookingBack(Duration.ofSeconds(reach));
    }
    if (randomChoices.chance(0.3)) {
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
    return slow && kind != WatermarkValue.Kind.NUMBER && stamps.trailing().isZero();
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
