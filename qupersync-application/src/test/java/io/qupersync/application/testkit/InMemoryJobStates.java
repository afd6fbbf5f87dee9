package io.qupersync.application.testkit;

import io.qupersync.application.port.JobStates;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class InMemoryJobStates implements JobStates {

  private static final Set<RunStatus> DECIDED = Set.of(RunStatus.SUCCESS, RunStatus.FAILED);

  private final InMemoryDatabase database;

  InMemoryJobStates(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public Map<JobId, JobState> of(Collection<JobId> jobs) {
    return database.read(state -> {
      var standings = new LinkedHashMap<JobId, JobState>();
      jobs.forEach(job -> standings.put(job, standing(job, state)));
      return standings;
    });
  }

  private static JobState standing(JobId job, InMemoryState state) {
    return new JobState(
        state.progressOf(job),
        latest(job, state, Set.of(RunStatus.values())),
        latest(job, state, DECIDED),
        state.letters.keySet().stream().filter(letter -> letter.job().equals(job)).count());
  }

  private static Optional<SyncRun> latest(JobId job, InMemoryState state, Set<RunStatus> statuses) {
    return state.runs.descendingMap().values().stream()
        .filter(run -> run.job().equals(job) && statuses.contains(run.status()))
        .findFirst();
  }
}
