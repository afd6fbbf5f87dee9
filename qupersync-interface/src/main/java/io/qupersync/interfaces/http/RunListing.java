package io.qupersync.interfaces.http;

import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.LiveRun;
import io.qupersync.application.query.RunEvent;
import io.qupersync.application.query.RunEvents;
import io.qupersync.application.query.RunFilter;
import io.qupersync.application.query.RunPage;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.interfaces.http.view.RunView;
import io.qupersync.interfaces.http.view.RunsView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows runs as the run log has them, and those under way here with how far they are. However many
/// listen to a run, its line is read twice: when it starts and when it has ended.
public final class RunListing {

  private static final Logger LOG = LoggerFactory.getLogger(RunListing.class);
  private static final int REMEMBERED = 500;

  private final RunQueries runs;
  private final RunEvents events;
  private final LastKnownState lastKnownState;
  private final TargetAnswers targetAnswers;
  private final Map<RunId, SyncRun> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, SyncRun> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// @param lastKnownState what is told while the target does not answer
  public RunListing(
      RunQueries runs,
      RunEvents events,
      LastKnownState lastKnownState,
      TargetAnswers targetAnswers) {
    this.runs = runs;
    this.events = events;
    this.lastKnownState = lastKnownState;
    this.targetAnswers = targetAnswers;
  }

  RunView viewOf(SyncRun run) {
    return RunView.of(run, events.progress(run.id()));
  }

  /// Empty when there is no such run. Asks the target, also when something is known.
  Optional<RunView> find(RunId run) {
    return targetAnswers.read(() -> look(run)).map(this::viewOf);
  }

  /// The same, or what was last known of it.
  Told<Optional<RunView>> told(RunId run) {
    var told = targetAnswers.read(() -> look(run), () -> lastKnownState.run(run));
    return new Told<>(told.value().map(this::viewOf), told.asOf());
  }

  private Optional<SyncRun> look(RunId run) {
    Optional<SyncRun> found = runs.find(run);
    found.ifPresent(lastKnownState::saw);
    return found;
  }

  /// The latest first, or those that were last known.
  Told<RunsView> page(RunFilter filter) {
    // one more than asked for tells whether there is another page
    var told =
        targetAnswers.read(
            () ->
                RunPage.of(
                    runs.list(filter.job(), filter.status(), filter.before(), filter.limit() + 1),
                    filter.limit()),
            () -> lastKnownState.runs(filter));
    RunPage page = told.value();
    return new Told<>(
        new RunsView(
            page.runs().stream().map(this::viewOf).toList(),
            page.next().map(last -> Cursor.after(last.value()))),
        told.asOf());
  }

  /// The run at the time of the event; empty when the run log cannot be read.
  Optional<RunView> viewOf(RunEvent event) {
    LiveRun live = event.live();
    return lineOf(live.run(), event instanceof RunEvent.Ended)
        .map(line ->
            RunView.of(
                line, event instanceof RunEvent.Ended ? Optional.empty() : Optional.of(live)));
  }

  private Optional<SyncRun> lineOf(RunId run, boolean ended) {
    return remembered(run)
        .filter(line -> line.completedAt().isPresent() == ended)
        .or(() -> read(run));
  }

  private Optional<SyncRun> read(RunId run) {
    try {
      Optional<SyncRun> line = targetAnswers.read(() -> look(run));
      line.ifPresent(this::remember);
      return line;
    } catch (RuntimeException unreachable) {
      // those who listen go on listening; the page asks again by itself
      LOG.debug("the line of run {} cannot be read", run, unreachable);
      return Optional.empty();
    }
  }

  private Optional<SyncRun> remembered(RunId run) {
    synchronized (known) {
      return Optional.ofNullable(known.get(run));
    }
  }

  private void remember(SyncRun line) {
    synchronized (known) {
      known.put(line.id(), line);
    }
  }
}
