package io.qupersync.application.sync;

import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.ShellCommand;
import io.qupersync.domain.table.Column;
import java.util.List;
import java.util.Optional;

/// Columns that a run adds to a target that is there: its rows have NULL in them, and a run that
/// reads from its watermark on leaves it so.
final class AddedColumns {

  private AddedColumns() {}

  /// What [TargetSnapshot#prepare] is about to add; nothing where it makes the table.
  static List<String> of(TableMapping mapping, TargetSnapshot target) {
    return target
        .shape()
        .map(there ->
            mapping.targetColumns().stream()
                .map(Column::name)
                .filter(name -> there.indexOf(name).isEmpty())
                .toList())
        .orElse(List.of());
  }

  /// What a user should know of it; empty when the run reads everything and fills the columns
  /// itself.
  static Optional<String> remark(TableMapping mapping, List<String> added, Window window) {
    if (added.isEmpty()) {
      return Optional.empty();
    }
    String what =
        "%s %s added to %s, and rows that were there before have NULL in %s"
            .formatted(
                String.join(", ", added),
                added.size() == 1 ? "was" : "were",
                mapping.job().destination().table(),
                added.size() == 1 ? "it" : "them");
    if (!mayFill(mapping, added)) {
      return Optional.of(
          what + ": the job changes no such row, so fill it at the target, or empty the table");
    }
    return window.isEverything()
        ? Optional.empty()
        : Optional.of(
            "%s; to fill it: %s"
                .formatted(
                    what, ShellCommand.of("run", mapping.job().id().value(), "--full").line()));
  }

  private static boolean mayFill(TableMapping mapping, List<String> added) {
    Destination destination = mapping.job().destination();
    return mapping.job().mode() != SyncMode.APPEND
        && !(destination.conflict() instanceof ConflictPolicy.TargetWins)
        && (destination.updateColumns().isEmpty()
            || destination.updateColumns().containsAll(added));
  }
}
