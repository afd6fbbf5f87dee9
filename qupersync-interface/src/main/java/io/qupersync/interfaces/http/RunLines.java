package io.qupersync.interfaces.http;

import io.qupersync.application.query.LiveRun;
import io.qupersync.application.query.RunEvent;
import io.qupersync.application.query.RunEvents;
import io.qupersync.application.query.RunQueries;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.interfaces.http.view.RunView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows runs as the run log has them, and those under way here with how far they are. However many
/// listen to a run, its line is read twice: when it starts and when it has ended.
public final class RunLines {

  private static final Logger LOG = LoggerFactory.getLogger(RunLines.class);
  private static final int REMEMBERED = 500;

  private final RunQueries runs;
  private final RunEvents events;
  private final Map<RunId, SyncRun> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, SyncRun> eldest) {
          return size() > REMEMBERED;
        }
      };

  public RunLines(RunQueries runs, RunEvents events) {
    this.runs = runs;
    this.events = events;
  }

  RunView viewOf(SyncRun run) {
    return RunView.of(run, events.progress(run.id()));
  }

  /// Empty when there is no such run.
  Optional<RunView> find(RunId run) {
    return runs.find(run).map(this::viewOf);
  }

  /// The latest of a job first.
  List<RunView> latest(JobId job, int limit) {
    return runs.list(Optional.of(job), Optional.empty(), Optional.empty(), limit).stream()
        .map(this::viewOf)
        .toList();
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
      Optional<SyncRun> line = runs.find(run);
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
