package io.qupersync.application.testkit;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.table.TableRef;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// All that an [InMemoryDatabase] holds. Its values are immutable but for the tables.
final class InMemoryState {

  /// A job's lease, given back or not.
  record HeldLease(
      RunId run,
      String owner,
      long token,
      Instant until,
      boolean released,
      boolean cancelRequested) {

    boolean isHeldAt(Instant now) {
      return !released && until.isAfter(now);
    }
  }

  /// What names a batch among all batches.
  record Step(RunId run, long number) {}

  /// What names a rejected row among all rejected rows.
  record Letter(JobId job, Map<String, ?> values) {}

  final Map<TableRef, InMemoryTable> tables = new HashMap<>();
  final Map<JobId, JobProgress> progress = new HashMap<>();
  final Map<JobId, HeldLease> leases = new HashMap<>();
  final TreeMap<RunId, SyncRun> runs = new TreeMap<>(Comparator.comparingLong(RunId::value));
  final Map<Step, RunTally> steps = new HashMap<>();
  final Map<Letter, DeadLetter> letters = new LinkedHashMap<>();
  final TreeMap<Long, InMemoryIncidentStore.Entry> incidents = new TreeMap<>();
  private final boolean fenced;
  long lastTable;
  long lastRun;
  long lastToken;
  long lastLetter;
  long lastIncident;

  InMemoryState(boolean fenced) {
    this.fenced = fenced;
  }

  InMemoryState copy() {
    var copy = new InMemoryState(fenced);
    tables.forEach((name, table) -> copy.tables.put(name, table.copy()));
    copy.progress.putAll(progress);
    copy.leases.putAll(leases);
    copy.runs.putAll(runs);
    copy.steps.putAll(steps);
    copy.letters.putAll(letters);
    copy.incidents.putAll(incidents);
    copy.lastTable = lastTable;
    copy.lastRun = lastRun;
    copy.lastToken = lastToken;
    copy.lastLetter = lastLetter;
    copy.lastIncident = lastIncident;
    return copy;
  }

  InMemoryTable table(TableRef name) {
    InMemoryTable table = tables.get(name);
    if (table == null) {
      throw new PermanentFailure(
          FailureKind.TARGET, "there is no table %s; create it".formatted(name));
    }
    return table;
  }

  boolean isHeld(Lease lease) {
    HeldLease held = leases.get(lease.job());
    return held != null && held.token() == lease.token() && !held.released();
  }

  void requireHeld(Lease lease) {
    if (fenced && !isHeld(lease)) {
      throw new PermanentFailure(
          FailureKind.LEASE_LOST,
          "run %s no longer holds the lease of job '%s'; nothing was written"
              .formatted(lease.run(), lease.job()));
    }
  }

  JobProgress progressOf(JobId job) {
    return progress.getOrDefault(job, JobProgress.none());
  }

  void count(RunId run, RunTally more) {
    runs.computeIfPresent(run, (_, was) -> InMemoryRunLog.with(was, was.tally().plus(more)));
  }
}
