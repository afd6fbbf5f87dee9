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

  /// @throws WrongUsage when it is not 1 to `most`
  static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new WrongUsage("--limit must be 1 to %d, was %d".formatted(most, limit));
    }
    return limit;
  }

  static List<JobId> jobs(List<String> names) {
    return names.stream().map(Arguments::job).toList();
  }
}
