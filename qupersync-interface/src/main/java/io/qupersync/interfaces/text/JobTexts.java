package io.qupersync.interfaces.text;

import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.SplitPlan;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// The words for what a job is.
public final class JobTexts {

  private JobTexts() {}

  public static String mode(SyncMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  public static String schedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(Duration interval, Duration jitter) ->
          "every " + HumanText.duration(interval) + upTo(jitter);
      case Schedule.Cron(String expression, ZoneId zone, Duration jitter) ->
          "cron %s (%s)".formatted(expression, zone) + upTo(jitter);
      case Schedule.Manual _ -> "manual";
      case Schedule.Following _ -> "after others";
    };
  }

  private static String upTo(Duration jitter) {
    return jitter.isZero() ? "" : " + up to " + HumanText.duration(jitter);
  }

  public static String source(JobVariants job) {
    return job.dependsOnFlavor() ? "query per flavor" : either(job, JobTexts::source);
  }

  public static String source(SyncJob job) {
    return switch (job.extraction().source()) {
      case JobSource.Table(TableRef table) -> table.toString();
      case JobSource.Query _ -> "query";
      case JobSource.Nodes _ -> "nodes by AWS";
    };
  }

  /// What is said of a job; of both its shapes, where it is not known yet which of them counts.
  public static String either(JobVariants job, Function<SyncJob, String> what) {
    return job.shared(what)
        .orElseGet(() ->
            "%s (provisioned) or %s (serverless)"
                .formatted(what.apply(job.provisioned()), what.apply(job.serverless())));
  }

  public static String mode(JobVariants job) {
    return either(job, shape -> mode(shape.mode()));
  }

  public static String target(JobVariants job) {
    return either(job, JobTexts::target);
  }

  /// None as long as it is not known which they are.
  public static List<String> key(JobVariants job) {
    return job.shared(shape -> shape.destination().key()).orElse(List.of());
  }

  /// None as long as it is not known which they are.
  public static List<String> watermarkColumns(JobVariants job) {
    return job.shared(JobTexts::watermarkColumns).orElse(List.of());
  }

  public static String target(SyncJob job) {
    return job.destination().table().toString();
  }

  /// Who reads a window, where more sessions than one are wanted; empty where nobody asked.
  public static Optional<String> readers(SplitPlan splitPlan, Window window) {
    if (!window.isEverything()) {
      return Optional.empty();
    }
    return switch (splitPlan) {
      case SplitPlan.By(Column column, int readers, int parts) ->
          Optional.of(
              "by %d sessions, in up to %d ranges of %s".formatted(readers, parts, column.name()));
      case SplitPlan.Whole(Optional<String> reason) -> reason.map("by one session: "::concat);
    };
  }

  public static List<String> watermarkColumns(SyncJob job) {
    return job.extraction().watermark().map(WatermarkRule::columns).orElse(List.of());
  }

  /// A lookback as one writes it in the file.
  public static String lookback(Lookback lookback) {
    return switch (lookback) {
      case Lookback.OfTime(Duration reach) -> HumanText.wholeDuration(reach);
      case Lookback.Unsaid(Duration reach) -> HumanText.wholeDuration(reach);
      case Lookback.OfCount(long reach) -> Long.toString(reach);
      case Lookback.None _ -> "0";
    };
  }

  /// How late rows came.
  public static String lateBy(Lookback most) {
    return switch (most) {
      case Lookback.OfTime(Duration late) -> HumanText.duration(late);
      case Lookback.Unsaid(Duration late) -> HumanText.duration(late);
      case Lookback.OfCount(long late) -> HumanText.count(late);
      case Lookback.None _ -> "0";
    };
  }
}
