package io.qupersync.application.inspect;

import io.qupersync.domain.run.FatalErrors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at both databases again and again while the service runs, and reads the snapshot that is
/// served while the target is away.
public final class DatabaseWatching implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatching.class);

  private static final Duration TARGET = Duration.ofSeconds(1);
  private static final Duration SOURCE = Duration.ofSeconds(2);
  private static final Duration SNAPSHOT = Duration.ofSeconds(1);

  // one for each of the three, and one for a look that cannot wait
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(4, Thread.ofPlatform().daemon().name("watch-", 0).factory());

  private final List<DatabaseWatch> watches;

  private DatabaseWatching(DatabaseWatch... watches) {
    this.watches = List.of(watches);
  }

  /// @param refresh brings the snapshot up to date where it is due; only called while the target
  ///   answers
  public static DatabaseWatching start(
      DatabaseWatch source, DatabaseWatch target, Runnable refresh) {
    var watching = new DatabaseWatching(source, target);
    target.nudgeBy(() -> watching.now(target));
    source.nudgeBy(() -> watching.now(source));
    watching.every(TARGET, target::look);
    watching.every(SOURCE, source::look);
    watching.every(
        SNAPSHOT,
        () -> {
          if (target.isAnswering()) {
            refresh.run();
          }
        });
    return watching;
  }

  private void now(DatabaseWatch watch) {
    try {
      threads.execute(() -> guarded(watch::look));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("nothing is looked at any more");
    }
  }

  private void every(Duration period, Runnable task) {
    var _ =
        threads.scheduleWithFixedDelay(
            () -> guarded(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// A defect must not end the watch.
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error defect) {
      FatalErrors.passOn(defect);
      LOG.error("the watch over the databases met a defect", defect);
    }
  }

  @Override
  public void close() {
    // first, for a look that is under way ends by this
    watches.forEach(DatabaseWatch::stop);
    threads.shutdownNow();
  }
}
