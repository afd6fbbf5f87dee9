package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.interfaces.text.HumanText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One line per run that has ended, and per retry; for logs and pipes.
final class LinesObserver implements RunObserver {

  private final Console console;
  private final InstantSource clock;
  private final Map<RunId, Instant> started = new ConcurrentHashMap<>();

  LinesObserver(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public void started(JobId job, RunId run) {
    started.put(run, clock.instant());
  }

  @Override
  public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
    console.progress(ProgressDisplay.retry(job, retry, delay, reason));
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    Instant now = clock.instant();
    Instant since = started.remove(run);
    String seconds = HumanText.seconds(Duration.between(since == null ? now : since, now));
    String word =
        console.paintedOnErr(ProgressDisplay.paint(outcome), ProgressDisplay.word(outcome));
    console.progress("%s: %s, %s in %s s".formatted(job, word, done(outcome), seconds));
  }

  private static String done(RunOutcome outcome) {
    RunTally tally =
        switch (outcome) {
          case RunOutcome.Completed(_, RunTally counted, _) -> counted;
          case RunOutcome.Failed(_, _, _, RunTally counted) -> counted;
          case RunOutcome.Cancelled(_, RunTally counted) -> counted;
          case RunOutcome.AlreadyRunning _ -> RunTally.zero();
        };
    return "%s read, %s written, %s rejected"
        .formatted(
            HumanText.count(tally.extracted(), "row"),
            HumanText.count(tally.upserted()),
            HumanText.count(tally.skipped()));
  }
}
