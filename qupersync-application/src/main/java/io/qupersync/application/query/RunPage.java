package io.qupersync.application.query;

import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// Runs, the latest first.
///
/// @param next the run before which the next page begins; empty on the last
public record RunPage(List<SyncRun> runs, Optional<RunId> next) {

  public RunPage {
    runs = List.copyOf(runs);
  }

  /// @param found one more than `limit`, where there are so many
  public static RunPage of(List<SyncRun> found, int limit) {
    List<SyncRun> page = found.subList(0, Math.min(limit, found.size()));
    return new RunPage(
        page, found.size() > limit ? Optional.of(page.getLast().id()) : Optional.empty());
  }
}
