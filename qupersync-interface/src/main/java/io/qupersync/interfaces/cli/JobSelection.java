package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.Suggestion;
import java.util.List;

/// Finds the jobs a user names.
final class JobSelection {

  private final JobRegistry registry;

  JobSelection(JobRegistry registry) {
    this.registry = registry;
  }

  /// In the order named, each once.
  ///
  /// @throws WrongUsage when a name is unknown
  List<JobVariants> of(JobChoice choice) {
    return switch (choice) {
      case JobChoice.All _ -> registry.all();
      case JobChoice.Named(List<JobId> jobs) -> jobs.stream().distinct().map(this::of).toList();
    };
  }

  /// @throws WrongUsage when the name is unknown
  JobVariants of(JobId job) {
    return registry.find(job).orElseThrow(() -> unknown(job));
  }

  private WrongUsage unknown(JobId job) {
    List<String> names = registry.all().stream().map(known -> known.id().value()).toList();
    String hint =
        Suggestion.of(job.value(), names)
            .map("did you mean '%s'?"::formatted)
            .orElse("'qupersync jobs' lists those there are");
    return new WrongUsage("there is no job '%s'; %s".formatted(job, hint));
  }
}
