package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.JobFixture.aJob;

import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.ColumnRules;
import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableRef;
import java.util.Optional;
import java.util.Set;

/// Jobs beyond those that the common fixture knows.
final class Jobs {

  private Jobs() {}

  static JobFixture reading(String table) {
    return aJob().from(TableRef.of("public", table));
  }

  static SyncJob asking(String query, SyncJob job) {
    return new SyncJob(
        job.id(),
        job.mode(),
        new Extraction(new JobSource.Query(new SqlTemplate(query)), job.extraction().watermark()),
        job.columns(),
        job.destination(),
        job.schedule(),
        job.limits());
  }

  static SyncJob excluding(String column, SyncJob job) {
    return new SyncJob(
        job.id(),
        job.mode(),
        job.extraction(),
        new ColumnRules(job.columns().rules(), Set.of(column)),
        job.destination(),
        job.schedule(),
        job.limits());
  }

  static Window from(WatermarkValue... marks) {
    return new Window(Optional.of(Watermark.of(marks)), Optional.empty(), Optional.empty());
  }

  static Window upTo(WatermarkValue... marks) {
    return new Window(Optional.empty(), Optional.of(Watermark.of(marks)), Optional.empty());
  }
}
