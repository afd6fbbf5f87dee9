package io.qupersync.interfaces.cli;

import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/// A registry of three jobs that differ in what there is to differ in.
final class Jobs {

  static final SyncJob ORDERS =
      scheduled(
          JobFixture.aJob()
              .named("orders")
              .incremental()
              .watermarkedOn("updated_at", "id")
              .lookingBack(Duration.ofMinutes(15))
              .build(),
          new Schedule.Every(Duration.ofMinutes(5)));

  static final SyncJob STOCK =
      scheduled(
          JobFixture.aJob()
              .named("stock")
              .mirroring()
              .from(TableRef.of("public", "stock"))
              .into(TableRef.of("analytics", "stock"))
              .keyedOn("shop", "item")
              .build(),
          new Schedule.Cron("0 2 * * *", ZoneId.of("US/Pacific")));

  static final SyncJob EVENTS =
      JobFixture.aJob()
          .named("events")
          .appending()
          .from(TableRef.of("public", "events"))
          .into(TableRef.of("analytics", "events"))
          .build();

  static final JobRegistry REGISTRY =
      new JobRegistry(
          List.of(JobVariants.same(ORDERS), JobVariants.same(STOCK), JobVariants.same(EVENTS)));

  private Jobs() {}

  private static SyncJob scheduled(SyncJob job, Schedule schedule) {
    Destination destination = job.destination();
    return new SyncJob(
        job.id(), job.mode(), job.extraction(), job.columns(), destination, schedule, job.limits());
  }
}
