package io.qupersync.application.testkit;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.testkit.Fate.Call;
import java.util.function.Supplier;

/// Lets a [Fate] meet every call to the ports.
public final class FatefulPorts {

  private final Fate fate;

  private FatefulPorts(Fate fate) {
    this.fate = fate;
  }

  public static SyncPorts over(SyncPorts ports, Fate fate) {
    var fateful = new FatefulPorts(fate);
    return new SyncPorts(
        new FatefulSource(ports.source(), fateful),
        new FatefulTarget(ports.target(), fateful),
        new FatefulProgressStore(ports.progress(), fateful),
        new FatefulLeaseStore(ports.leases(), fateful),
        new FatefulRunLog(ports.runs(), fateful));
  }

  public static SourceLookup over(SourceLookup lookup, Fate fate) {
    var fateful = new FatefulPorts(fate);
    return (job, shape, cells) -> fateful.ask(Call.LOOKUP, () -> lookup.find(job, shape, cells));
  }

  <T> T ask(Call call, Supplier<T> action) {
    fate.before(call);
    T answer = action.get();
    fate.after(call);
    return answer;
  }

  void tell(Call call, Runnable action) {
    fate.before(call);
    action.run();
    fate.after(call);
  }
}
