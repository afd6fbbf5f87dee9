package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.HumanText;
import java.time.Duration;
import java.time.InstantSource;

/// Shows on stderr how runs go on.
public final class ProgressDisplay {

  private ProgressDisplay() {}

  /// Bars where a person watches, else one line per run that has ended; nothing for a quiet user.
  public static RunObserver on(Console console, InstantSource clock) {
    return console.live() ? new BarsObserver(console) : new LinesObserver(console, clock);
  }

  static String retry(JobId job, int retry, Duration delay, String reason) {
    return "%s: retry %d in %s: %s"
        .formatted(job, retry, HumanText.duration(delay), HumanText.oneLine(reason));
  }

  /// How it ended, in a word.
  static String word(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed _ -> "ok";
      case RunOutcome.Failed _ -> "failed";
      case RunOutcome.Cancelled _ -> "cancelled";
      case RunOutcome.AlreadyRunning _ -> "busy";
    };
  }

  static AnsiStyle paint(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed _ -> AnsiStyle.GOOD;
      case RunOutcome.Failed _ -> AnsiStyle.BAD;
      case RunOutcome.Cancelled _, RunOutcome.AlreadyRunning _ -> AnsiStyle.NOTICE;
    };
  }
}
