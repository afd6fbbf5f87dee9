package io.qupersync.application.testkit;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.testkit.FaultPlan.Call;
import java.util.function.Supplier;

/// Lets a [FaultPlan] meet every call to the ports.
public final class FaultyPorts {

  private final FaultPlan faultPlan;

  private FaultyPorts(FaultPlan faultPlan) {
    this.faultPlan = faultPlan;
  }

  public static SyncPorts over(SyncPorts ports, FaultPlan faultPlan) {
    var fateful = new FaultyPorts(faultPlan);
    return new SyncPorts(
        new FaultySource(ports.source(), fateful),
        new FaultyTarget(ports.target(), fateful),
        new FaultyProgressStore(ports.progress(), fateful),
        new FaultyLeaseStore(ports.leases(), fateful),
        new FaultyRunLog(ports.runs(), fateful));
  }

  public static SourceLookup over(SourceLookup lookup, FaultPlan faultPlan) {
    var fateful = new FaultyPorts(faultPlan);
    return (job, shape, cells) -> fateful.ask(Call.LOOKUP, () -> lookup.find(job, shape, cells));
  }

  <T> T ask(Call call, Supplier<T> action) {
    faultPlan.before(call);
    T answer = action.get();
    faultPlan.after(call);
    return answer;
  }

  void tell(Call call, Runnable action) {
    faultPlan.before(call);
    action.run();
    faultPlan.after(call);
  }
}
