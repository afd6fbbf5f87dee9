package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.JobId;
import java.util.List;

/// The arguments of one command, as picocli has filled them in.
interface Arguments {

  /// What they mean.
  ///
  /// @throws WrongUsage when they make no sense together
  Command command();

  /// @throws WrongUsage when the text can be no job's name
  static JobId job(String name) {
    try {
      return new JobId(name);
    } catch (IllegalArgumentException impossible) {
      throw new WrongUsage(String.valueOf(impossible.getMessage()));
    }
  }

  static List<JobId> jobs(List<String> names) {
    return names.stream().map(Arguments::job).toList();
  }
}
