package io.qupersync.app.config;

import io.qupersync.domain.job.JobRegistry;
import java.time.Duration;
import java.util.List;

/// All that a user can say, checked and complete: what was left out has its default.
///
/// @param builtinJobs whether the built-in jobs are among the jobs
/// @param migrate whether `serve` and `run` bring the state schema up to date by themselves
/// @param shutdownGrace how long running batches may take to end when the service stops
/// @param maxConcurrentRuns how many scheduled runs one instance has under way at most
/// @param history how long the run log keeps runs
/// @param alerts who is told when a job is not well
public record Configuration(
    SourceConfig source,
    TargetConfig target,
    ServerConfig server,
    DefaultsConfig defaults,
    AwsConfig aws,
    boolean builtinJobs,
    boolean migrate,
    LogFormat log,
    Duration shutdownGrace,
    int maxConcurrentRuns,
    Duration history,
    List<AlertConfig> alerts,
    JobRegistry jobs) {

  public Configuration {
    alerts = List.copyOf(alerts);
  }

  /// What holds, for the log: one `key: value` per line, then one line per job. Secrets read `***`.
  public List<String> effective() {
    return EffectiveValues.of(this);
  }
}
