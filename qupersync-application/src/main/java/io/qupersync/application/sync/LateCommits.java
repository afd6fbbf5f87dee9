package io.qupersync.application.sync;

import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.HeldBack;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a job may miss of rows whose transaction commits after another one that stamped its rows
/// later.
public final class LateCommits {

  private static final String HELD_BACK = "the watermark is held back";
  private static final String OWN_MOMENT =
      ", and rows with the watermark's own value are missed, too: the query leaves them out, write '>= :from' in it";
  private static final Duration NOTEWORTHY = Duration.ofSeconds(10);

  private LateCommits() {}

  /// What is wrong with a job that does not look back; empty when it does, or has no watermark.
  public static Optional<String> unguarded(TableMapping mapping) {
    return mapping
        .watermark()
        .flatMap(reader -> unguarded(rule(mapping).lookback(), reader))
        .map(warning -> withOwnMoment(warning, mapping.job()));
  }

  /// The same, as far as the definition alone tells: a lookback of zero, whatever the watermark's
  /// type.
  public static Optional<String> unguarded(SyncJob job) {
    return job.extraction()
        .watermark()
        .map(WatermarkRule::lookback)
        .filter(LateCommits::isZero)
        .map(_ ->
            withOwnMoment(
                "rows that are committed late are missed: watermark.lookback is zero", job));
  }

  private static boolean isZero(Lookback lookback) {
    return switch (lookback) {
      case Lookback.None _ -> true;
      case Lookback.Unsaid(Duration reach) -> reach.isZero();
      case Lookback.OfTime(Duration reach) -> reach.isZero();
      case Lookback.OfCount(long reach) -> reach == 0;
    };
  }

  private static String withOwnMoment(String warning, SyncJob job) {
    boolean leavesItOut =
        job.extraction().source() instanceof JobSource.Query(SqlTemplate sql)
            && sql.leavesOutFrom();
    return leavesItOut ? warning + OWN_MOMENT : warning;
  }

  private static Optional<String> unguarded(Lookback lookback, WatermarkReader reader) {
    WatermarkValue.Kind leading = reader.kinds().getFirst();
    if (leading == WatermarkValue.Kind.TEXT) {
      return Optional.of(
          "rows that are committed late are missed: for a watermark of text there is no lookback");
    }
    boolean looksBack =
        switch (lookback) {
          case Lookback.None _ -> false;
          case Lookback.Unsaid(Duration reach) -> leading.isTime() && !reach.isZero();
          case Lookback.OfTime(Duration reach) -> leading.isTime() && !reach.isZero();
          case Lookback.OfCount(long reach) -> !leading.isTime() && reach > 0;
        };
    return looksBack
        ? Optional.empty()
        : Optional.of(
            "rows that are committed late are missed: the job has no lookback; give watermark.lookback "
                + (leading.isTime() ? "a duration, such as 5m" : "a count, such as 1000"));
  }

  /// What a run should say: that it does not look back, and what holds its watermark back.
  static List<String> remarks(TableMapping mapping, RunRequest.Scope scope, Window window) {
    return Stream.concat(
            unguarded(mapping).filter(_ -> scope instanceof RunRequest.Scope.Ordinary).stream(),
            window.heldBack().filter(held -> isLong(held, mapping)).map(LateCommits::told).stream())
        .toList();
  }

  /// Short transactions are always open somewhere, and the lookback covers them.
  private static boolean isLong(HeldBack held, TableMapping mapping) {
    WatermarkValue now = new WatermarkValue.TimestampTz(held.present());
    Watermark covered = Watermark.of(now).minus(rule(mapping).lookback());
    return held.age().compareTo(NOTEWORTHY) >= 0
        || covered.isAfter(Watermark.of(new WatermarkValue.TimestampTz(held.since())));
  }

  private static String told(HeldBack held) {
    return held.isOutlasted()
        ? "%s at %s: %s has been open since %s, longer than hold_back_max, and rows that it stamped before are missed if it commits"
            .formatted(HELD_BACK, shown(held.ceiling()), held.who(), shown(held.since()))
        : "%s at %s: %s has been open since then"
            .formatted(HELD_BACK, shown(held.ceiling()), held.who());
  }

  private static Instant shown(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS);
  }

  /// What holds the job's watermark back, if its last run said so.
  public static Optional<String> heldBack(SyncRun lastRun) {
    return lastRun.remark().stream()
        .flatMap(remark -> Stream.of(remark.split("; ", -1)))
        .filter(part -> part.startsWith(HELD_BACK))
        .findFirst();
  }

  private static WatermarkRule rule(TableMapping mapping) {
    return mapping.job().extraction().watermark().orElseThrow();
  }
}
