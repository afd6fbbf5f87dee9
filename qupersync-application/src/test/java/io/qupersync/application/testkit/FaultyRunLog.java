package io.qupersync.application.testkit;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

record FaultyRunLog(RunLog log, FaultyPorts fate) implements RunLog {

  @Override
  public RunId nextId() {
    return fate.ask(Call.NEXT_RUN, log::nextId);
  }

  @Override
  public void started(SyncRun run) {
    fate.tell(Call.RUN_STARTED, () -> log.started(run));
  }

  @Override
  public void neverBegan(SyncRun run) {
    log.neverBegan(run);
  }

  @Override
  public int deleteOlderThan(Instant then) {
    return log.deleteOlderThan(then);
  }

  @Override
  public void attempt(RunId run, int attempts) {
    fate.tell(Call.RUN_ATTEMPT, () -> log.attempt(run, attempts));
  }

  @Override
  public void finished(SyncRun run) {
    fate.tell(Call.RUN_FINISHED, () -> log.finished(run));
  }

  @Override
  public Optional<SyncRun> find(RunId run) {
    return log.find(run);
  }

  @Override
  public List<SyncRun> list(Filter filter) {
    return log.list(filter);
  }
}
