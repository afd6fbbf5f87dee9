package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private static final JobId ORDERS = new JobId("orders");
  private static final RunId RUN = new RunId(1);

  private final SettableClock clock = SettableClock.atSomeMorning();

  @Test
  void tells_a_pipe_of_each_end_in_one_line() {
    var captured = CapturedConsole.piped();
    RunObserver observer = ProgressDisplay.on(captured.console(), clock);
    watch(observer);
    assertThat(captured.err())
        .isEqualTo(
            """
            orders: retry 1 in 1s: connection lost again
            orders: ok, 1,000 rows read, 900 written, 2 rejected in 2.5 s
            """);
  }

  @Test
  void tells_a_failure_without_its_reason_which_comes_below_the_table() {
    var captured = CapturedConsole.piped();
    RunObserver observer = ProgressDisplay.on(captured.console(), clock);
    observer.started(ORDERS, RUN);
    observer.ended(
        ORDERS,
        RUN,
        new RunOutcome.Failed(
            Optional.of(RUN), FailureKind.SOURCE, "no such view", RunTally.zero()));
    assertThat(captured.err())
        .isEqualTo("orders: failed, 0 rows read, 0 written, 0 rejected in 0.0 s\n");
  }

  @Test
  void tells_a_quiet_user_nothing() {
    var captured = CapturedConsole.quiet();
    watch(ProgressDisplay.on(captured.console(), clock));
    assertThat(captured.err()).isEmpty();
  }

  @Test
  void draws_a_bar_for_people() {
    var captured = CapturedConsole.terminal();
    watch(ProgressDisplay.on(captured.console(), clock));
    assertThat(captured.err())
        .contains("orders: retry 1 in 1s: connection lost again\n")
        .containsPattern("orders {15}\\[==========\\] +1,000 rows");
    assertThat(captured.err().strip()).endsWith("ok\u001b[0m");
    assertThat(captured.out()).isEmpty();
  }

  @Test
  void never_draws_a_line_that_could_wrap() {
    var captured = CapturedConsole.of(new Screen(true, true, false), GlobalOptions.none());
    RunObserver observer = ProgressDisplay.on(captured.console(), clock);
    var longName = new JobId("a".repeat(100));
    observer.started(longName, RUN);
    observer.read(longName, RUN, 99_999_999_999L);
    observer.ended(longName, RUN, new RunOutcome.Cancelled(RUN, RunTally.zero()));
    assertThat(captured.err().replaceAll("\u001b\\[\\d*[AJ]\r?", "").lines())
        .isNotEmpty()
        .allMatch(line -> line.length() < 80);
  }

  private void watch(RunObserver observer) {
    observer.started(ORDERS, RUN);
    observer.read(ORDERS, RUN, 600);
    observer.retrying(ORDERS, RUN, 1, Duration.ofSeconds(1), "connection lost\nagain");
    observer.read(ORDERS, RUN, 400);
    clock.tick(Duration.ofMillis(2500));
    RunTally tally = new RunTally(1000, 800, 100, 98, 0, 2, 0);
    observer.ended(ORDERS, RUN, new RunOutcome.Completed(RUN, tally, Optional.empty()));
  }
}
