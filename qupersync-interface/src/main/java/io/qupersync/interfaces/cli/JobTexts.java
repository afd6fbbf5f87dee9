package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.cli.text.Wording;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/// The words for what a job is.
final class JobTexts {

  private JobTexts() {}

  static String mode(SyncMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  static String schedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(Duration interval) -> "every " + Wording.duration(interval);
      case Schedule.Cron(String expression, ZoneId zone) ->
          "cron %s (%s)".formatted(expression, zone);
      case Schedule.Manual _ -> "manual";
    };
  }

  static String source(FlavoredJob job) {
    return job.dependsOnFlavor() ? "query per flavor" : source(job.provisioned());
  }

  static String source(SyncJob job) {
    return switch (job.extraction().source()) {
      case JobSource.Table(TableRef table) -> table.toString();
      case JobSource.Query _ -> "query";
    };
  }

  static String target(SyncJob job) {
    return job.destination().table().toString();
  }

  static List<String> watermarkColumns(SyncJob job) {
    return job.extraction().watermark().map(WatermarkRule::columns).orElse(List.of());
  }
}
