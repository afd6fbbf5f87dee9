package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.interfaces.text.HumanText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/// One live line per run: how many rows have been read, and how fast. How many there will be nobody
/// knows beforehand, so the bar only shows that something goes on.
final class BarsObserver implements RunObserver {

  /// Longer than any line: the console cuts off what its terminal has no room for.
  private static final int ANY_LENGTH = 1000;

  private static final int LONGEST_END = " cancelled".length();
  private static final int NAME_WIDTH = 20;
  private static final int BAR_WIDTH = 10;
  private static final String MOVING = "<=>";
  private static final int REDRAW_MILLIS = 200;

  private final Console console;
  private final Map<RunId, ProgressBar> bars = new ConcurrentHashMap<>();

  BarsObserver(Console console) {
    this.console = console;
  }

  @Override
  public void started(JobId job, RunId run) {
    bars.put(run, bar(job, run));
  }

  @Override
  public void read(JobId job, RunId run, long rows) {
    bars.computeIfPresent(run, (_, bar) -> bar.stepBy(rows));
  }

  @Override
  public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
    console.progress(ProgressDisplay.retry(job, retry, delay, reason));
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    ProgressBar bar = bars.remove(run);
    if (bar != null) {
      bar.setExtraMessage(
          console.paintedOnErr(ProgressDisplay.paint(outcome), ProgressDisplay.word(outcome)));
      bar.close();
      console.lines().leave(run);
    }
  }

  private ProgressBar bar(JobId job, RunId run) {
    return new ProgressBarBuilder()
        .setTaskName(HumanText.shortened(job.value(), NAME_WIDTH))
        .setInitialMax(-1)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .continuousUpdate()
        .setRenderer((state, _) -> line(state, console.lines().room()))
        // the library would find the terminal by itself, with native code; the console has done so
        .setConsumer(
            new DelegatingProgressBarConsumer(line -> console.lines().show(run, line), ANY_LENGTH))
        .build();
  }

  /// On a narrow terminal first without the bar, then without the rate, then with a shorter name.
  private static String line(ProgressState state, int room) {
    Duration elapsed = state.getElapsedAfterStart();
    String bar = "[%s] ".formatted(state.isAlive() ? moving(elapsed) : "=".repeat(BAR_WIDTH));
    String rows = String.format("%11s rows", HumanText.count(state.getCurrent()));
    String rate = String.format(" %7s/s", HumanText.perSecond(state.getCurrent(), elapsed));
    String time =
        String.format(" %7s", HumanText.duration(Duration.ofSeconds(elapsed.toSeconds())));
    String name = String.format("%-" + NAME_WIDTH + "s ", state.getTaskName());
    String end = state.isAlive() ? "" : " " + state.getExtraMessage();
    int most = room - LONGEST_END;
    for (String line :
        List.of(name + bar + rows + rate + time, name + rows + rate + time, name + rows + time)) {
      if (line.length() <= most) {
        return line + end;
      }
    }
    String rest = " " + HumanText.count(state.getCurrent()) + time;
    int left = Math.max(4, most - rest.length());
    return HumanText.shortened(state.getTaskName(), left) + rest + end;
  }

  /// There and back again, one place at a time.
  private static String moving(Duration elapsed) {
    int last = BAR_WIDTH - MOVING.length();
    int step = (int) (elapsed.toMillis() / REDRAW_MILLIS % (2L * last));
    int place = step <= last ? step : 2 * last - step;
    return " ".repeat(place) + MOVING + " ".repeat(last - place);
  }
}
