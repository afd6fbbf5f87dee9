package io.qupersync.app.config;

import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.RunLimits;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.interfaces.text.Durations;
import java.time.Duration;

/// A job in one line, without the text of its query.
final class JobSummary {

  private JobSummary() {}

  static String of(SyncJob job) {
    RunLimits limits = job.limits();
    return "%s of %s%s into %s, %s; batches of %d, at most %d rejected, timeout %s, %d retries"
        .formatted(
            Values.word(job.mode(), '_')
                + job.extraction().watermark().map(JobSummary::watermark).orElse(""),
            source(job.extraction().source()),
            readers(job.extraction().parallel()),
            job.destination().table(),
            schedule(job.schedule()),
            limits.batchSize(),
            limits.maxRejected(),
            Durations.text(limits.timeout()),
            limits.retry().maxRetries());
  }

  private static String readers(Parallel parallel) {
    return parallel.readers() == 1
        ? ""
        : " by %d sessions".formatted(parallel.readers())
            + parallel.splitBy().map(" in ranges of %s"::formatted).orElse("");
  }

  private static String watermark(WatermarkRule rule) {
    String lookback =
        switch (rule.lookback()) {
          case Lookback.None _, Lookback.Unsaid _ -> "";
          case Lookback.OfTime(var reach) -> " less " + Durations.text(reach);
          case Lookback.OfCount(long reach) -> " less " + reach;
        };
    String retention =
        rule.retention().map(kept -> " kept %s".formatted(Durations.text(kept))).orElse("");
    return " by " + String.join(", ", rule.columns()) + lookback + retention;
  }

  private static String source(JobSource source) {
    return switch (source) {
      case JobSource.Table(var table) -> table.toString();
      case JobSource.Query _ -> "a query";
      case JobSource.Nodes _ -> "the cluster's nodes";
    };
  }

  private static String schedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(var interval, var jitter) ->
          "every " + Durations.text(interval) + upTo(jitter);
      case Schedule.Cron(String expression, var zone, var jitter) ->
          "at '%s' in %s".formatted(expression, zone) + upTo(jitter);
      case Schedule.Manual _ -> "when asked";
      case Schedule.Following _ -> "after others";
    };
  }

  private static String upTo(Duration jitter) {
    return jitter.isZero() ? "" : " or up to %s later".formatted(Durations.text(jitter));
  }
}
