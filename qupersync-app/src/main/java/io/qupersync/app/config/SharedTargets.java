package io.qupersync.app.config;

import io.qupersync.domain.table.TableRef;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Checks that each target has one job, unless all of its jobs say `share_target: true`, and that
/// no job writes to QuperSync's own tables.
final class SharedTargets {

  private final Predicate<TableRef> ownTables;
  private final Function<String, Optional<Section>> definitions;

  /// @param ownTables whether a table is one of QuperSync's own
  /// @param definitions where a job is written
  SharedTargets(Predicate<TableRef> ownTables, Function<String, Optional<Section>> definitions) {
    this.ownTables = ownTables;
    this.definitions = definitions;
  }

  void check(Collection<JobRelations> jobs) {
    Map<TableRef, JobRelations> first = new LinkedHashMap<>();
    for (JobRelations job : jobs) {
      for (TableRef target : job.targets()) {
        if (ownTables.test(target)) {
          problem(
              job,
              "%s is a table of QuperSync's own; name another, such as %s.%s_rows"
                  .formatted(target, target.schema(), target.name()));
        }
        JobRelations other = first.putIfAbsent(target, job);
        if (other != null && !(shares(job) && shares(other))) {
          problem(
              job,
              "job '%s' writes %s too, and each would undo what the other does; name another table, or write share_target: true in both"
                  .formatted(other.id(), target));
        }
      }
    }
  }

  private boolean shares(JobRelations job) {
    return definition(job)
        .flatMap(section -> section.read("share_target", Values::flag))
        .orElse(false);
  }

  private void problem(JobRelations job, String message) {
    definition(job).ifPresent(section -> section.problem(section.placeOf("target"), message));
  }

  private Optional<Section> definition(JobRelations job) {
    return definitions.apply(job.id().value());
  }
}
