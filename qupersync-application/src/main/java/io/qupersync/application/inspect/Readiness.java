package io.qupersync.application.inspect;

import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Whether both databases answer, for whoever sends traffic here. Asked often, it asks them seldom,
/// and never waits long. Safe for use by many threads.
public final class Readiness {

  /// A bad state may change at any moment, and whoever waits for it wants to know.
  static final Duration SOON = Duration.ofSeconds(2);

  /// Each look at the source is a login, and keeps Redshift Serverless awake, which costs money.
  static final Duration LATER = Duration.ofSeconds(30);

  private final Watched source;
  private final Watched target;

  /// @param patience how long a database may take to answer
  /// @param busy whether runs are under way: their connections may be all that the source allows
  public Readiness(
      DatabaseProbe source,
      DatabaseProbe target,
      InstantSource clock,
      Duration patience,
      BooleanSupplier busy) {
    this.source = new Watched("source", source, clock, patience, LATER, busy);
    this.target = new Watched("target", target, clock, patience, SOON, () -> false);
  }

  /// Looks at the source before anybody asks, which takes longest: a login. The target is looked at
  /// when somebody does.
  public void lookAhead() {
    var _ = source.look();
  }

  /// Never throws for a database's sake: what is wrong is a finding.
  public List<Finding> look() {
    return List.of(source.look(), target.look());
  }

  private static final class Watched {

    private final String name;
    private final DatabaseProbe probe;
    private final InstantSource clock;
    private final Duration patience;
    private final Duration fresh;
    private final BooleanSupplier busy;
    private Optional<Finding> last = Optional.empty();
    private Instant lookedAt = Instant.MIN;

    Watched(
        String name,
        DatabaseProbe probe,
        InstantSource clock,
        Duration patience,
        Duration fresh,
        BooleanSupplier busy) {
      this.name = name;
      this.probe = probe;
      this.clock = clock;
      this.patience = patience;
      this.fresh = fresh;
      this.busy = busy;
    }

    synchronized Finding look() {
      Instant now = clock.instant();
      Optional<Finding> known = last.filter(finding -> isFresh(finding, now));
      Finding finding = known.orElseGet(this::ask);
      if (known.isEmpty()) {
        last = Optional.of(finding);
        lookedAt = now;
      }
      return finding;
    }

    private boolean isFresh(Finding finding, Instant now) {
      Duration age = Duration.between(lookedAt, now);
      Duration limit = finding.verdict() == Verdict.OK ? fresh : SOON;
      return !age.isNegative() && age.compareTo(limit) < 0;
    }

    private Finding ask() {
      var question = new FutureTask<>(probe::probe);
      Thread asking = Thread.ofVirtual().name("probe-" + name).start(question);
      try {
        return new Finding(
            name, Verdict.OK, question.get(patience.toMillis(), TimeUnit.MILLISECONDS).version());
      } catch (ExecutionException failed) {
        return failed(failed);
      } catch (TimeoutException _) {
        asking.interrupt();
        return last.filter(_ -> busy.getAsBoolean())
            .orElseGet(
                () -> unreachable("does not answer within %d ms".formatted(patience.toMillis())));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return unreachable("the service is stopping");
      }
    }

    private Finding failed(ExecutionException failed) {
      return failed.getCause() instanceof SyncFailure known
          ? unreachable(String.valueOf(known.getMessage()))
          : unreachable("cannot be asked: " + failed.getCause());
    }

    private Finding unreachable(String reason) {
      return new Finding(name, Verdict.UNREACHABLE, reason);
    }
  }
}
