package io.qupersync.application.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunObserversTest {

  private static final JobId ORDERS = new JobId("orders");
  private static final RunId RUN = new RunId(1);

  private final List<String> heard = new ArrayList<>();

  @Test
  void tells_every_observer_every_event_even_after_one_that_fails() {
    RunObserver all = RunObservers.all(new Broken(), new Listening("a"), new Listening("b"));

    all.notStarted(ORDERS, new RunOutcome.AlreadyRunning(RUN));
    all.started(ORDERS, RUN);
    all.read(ORDERS, RUN, 7);
    all.progressed(ORDERS, RUN, RunTally.zero());
    all.retrying(ORDERS, RUN, 1, Duration.ofSeconds(1), "gone");
    all.ended(ORDERS, RUN, new RunOutcome.Completed(RUN, RunTally.zero(), Optional.empty()));

    assertThat(heard)
        .containsExactly(
            "a not started",
            "b not started",
            "a started",
            "b started",
            "a read",
            "b read",
            "a progressed",
            "b progressed",
            "a retrying",
            "b retrying",
            "a ended",
            "b ended");
  }

  private final class Listening implements RunObserver {

    private final String name;

    Listening(String name) {
      this.name = name;
    }

    @Override
    public void notStarted(JobId job, RunOutcome outcome) {
      heard.add(name + " not started");
    }

    @Override
    public void started(JobId job, RunId run) {
      heard.add(name + " started");
    }

    @Override
    public void read(JobId job, RunId run, long rows) {
      heard.add(name + " read");
    }

    @Override
    public void progressed(JobId job, RunId run, RunTally soFar) {
      heard.add(name + " progressed");
    }

    @Override
    public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
      heard.add(name + " retrying");
    }

    @Override
    public void ended(JobId job, RunId run, RunOutcome outcome) {
      heard.add(name + " ended");
    }
  }

  private static final class Broken implements RunObserver {

    @Override
    public void started(JobId job, RunId run) {
      throw new IllegalStateException("broken");
    }

    @Override
    public void ended(JobId job, RunId run, RunOutcome outcome) {
      throw new IllegalStateException("broken");
    }
  }
}
