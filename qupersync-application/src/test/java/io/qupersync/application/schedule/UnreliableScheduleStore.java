package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// A store that goes away and comes back when a test says so.
final class UnreliableScheduleStore implements ScheduleStore {

  private final ScheduleStore store;
  private boolean away;

  UnreliableScheduleStore(ScheduleStore store) {
    this.store = store;
  }

  void goAway() {
    away = true;
  }

  void comeBack() {
    away = false;
  }

  private ScheduleStore store() {
    if (away) {
      throw new TransientFailure(FailureKind.UNREACHABLE, "the target is away");
    }
    return store;
  }

  @Override
  public ScheduleSnapshot look() {
    return store().look();
  }

  @Override
  public Instant now() {
    return store().now();
  }

  @Override
  public boolean plan(JobId job, Optional<Instant> seen, Schedule by, Optional<Instant> next) {
    return store().plan(job, seen, by, next);
  }

  @Override
  public Optional<Claim> claim(JobId job, Instant due, String owner, Duration ttl) {
    return store().claim(job, due, owner, ttl);
  }

  @Override
  public Set<Claim> renew(Collection<Claim> claims, Duration ttl) {
    return store().renew(claims, ttl);
  }

  @Override
  public boolean complete(Claim claim, Optional<Instant> next) {
    return store().complete(claim, next);
  }

  @Override
  public void release(Claim claim) {
    store().release(claim);
  }

  @Override
  public void giveUp(Claim claim) {
    store().giveUp(claim);
  }

  @Override
  public boolean misfired(JobId job, Instant due) {
    return store().misfired(job, due);
  }

  @Override
  public void pause(JobId job, ManualOverride manualOverride) {
    store().pause(job, manualOverride);
  }

  @Override
  public boolean resume(JobId job) {
    return store().resume(job);
  }

  @Override
  public void change(JobId job, ScheduleChange change) {
    store().change(job, change);
  }

  @Override
  public boolean restore(JobId job) {
    return store().restore(job);
  }
}
