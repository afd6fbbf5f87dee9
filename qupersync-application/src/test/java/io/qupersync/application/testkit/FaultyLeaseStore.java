package io.qupersync.application.testkit;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;

record FaultyLeaseStore(LeaseStore store, FaultyPorts fate) implements LeaseStore {

  @Override
  public Attempt acquire(JobId job, RunId run, String owner, Duration ttl) {
    return fate.ask(Call.ACQUIRE, () -> store.acquire(job, run, owner, ttl));
  }

  @Override
  public Renewal renew(Lease lease, Duration ttl) {
    return fate.ask(Call.RENEW, () -> store.renew(lease, ttl));
  }

  @Override
  public boolean requestCancel(RunId run) {
    return store.requestCancel(run);
  }

  @Override
  public void release(Lease lease) {
    fate.tell(Call.RELEASE, () -> store.release(lease));
  }
}
