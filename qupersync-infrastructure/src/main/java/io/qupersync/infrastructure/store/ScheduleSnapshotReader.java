package io.qupersync.infrastructure.store;

import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads what `ScheduleSql.look` finds: a row a job, or one with the time alone.
final class ScheduleSnapshotReader {

  private final Predicate<String> isDead;

  ScheduleSnapshotReader(Predicate<String> isDead) {
    this.isDead = isDead;
  }

  ScheduleSnapshot read(ResultSet row) throws SQLException {
    var jobs = new HashMap<JobId, JobSchedule>();
    Instant now = Instant.EPOCH;
    while (row.next()) {
      now = instant(row, "now").orElseThrow();
      Optional<String> job = text(row, "job");
      if (job.isPresent()) {
        jobs.put(new JobId(job.get()), standing(row));
      }
    }
    return new ScheduleSnapshot(now, jobs);
  }

  private JobSchedule standing(ResultSet row) throws SQLException {
    boolean leased =
        row.getBoolean("lease_unexpired")
            && text(row, "lease_owner").filter(isDead.negate()).isPresent();
    Optional<RunId> holder =
        Optional.ofNullable(row.getObject("run_id", Long.class)).map(RunId::new);
    return new JobSchedule(
        text(row, "plan").map(ScheduleText::parsed),
        instant(row, "due_at"),
        row.getBoolean("misfired"),
        decision(row, "paused"),
        changed(row),
        taken(row),
        holder.filter(_ -> leased),
        instant(row, "expires_at").filter(_ -> !leased));
  }

  private Taken taken(ResultSet row) throws SQLException {
    Optional<String> owner = text(row, "claim_owner");
    if (owner.isEmpty()) {
      return Taken.NOT;
    }
    return row.getBoolean("claim_unexpired") && !isDead.test(owner.get())
        ? Taken.TAKEN
        : Taken.LOST;
  }

  private static Optional<ScheduleChange> changed(ResultSet row) throws SQLException {
    Optional<ManualOverride> decision = decision(row, "changed");
    return text(row, "changed")
        .map(text -> new ScheduleChange(ScheduleText.parsed(text), decision.orElseThrow()));
  }

  private static Optional<ManualOverride> decision(ResultSet row, String what) throws SQLException {
    Optional<Instant> at = instant(row, what + "_at");
    String by = row.getString(what + "_by");
    return at.map(moment -> new ManualOverride(by, moment));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
