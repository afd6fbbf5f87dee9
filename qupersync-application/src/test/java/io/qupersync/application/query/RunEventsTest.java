package io.qupersync.application.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunEventsTest {

  private static final JobId ORDERS = new JobId("orders");
  private static final RunId RUN = new RunId(7);

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final RunEvents events = new RunEvents(clock);

  private static List<RunEvent> waitingFor(RunSubscription subscription)
      throws InterruptedException {
    var all = new ArrayList<RunEvent>();
    Optional<RunEvent> next = subscription.next(Duration.ZERO);
    while (next.isPresent()) {
      all.add(next.get());
      next = subscription.next(Duration.ZERO);
    }
    return all;
  }

  private void readRows(RunId run, int times) {
    for (int i = 0; i < times; i++) {
      clock.tick(RunEvents.THROTTLE);
      events.read(ORDERS, run, 1000);
    }
  }

  private static RunTally read(long rows) {
    return new RunTally(rows, rows, 0, 0, 0, 0, 0);
  }

  @Test
  void know_how_far_a_run_is() {
    events.started(ORDERS, RUN);
    clock.tick(Duration.ofSeconds(2));
    events.read(ORDERS, RUN, 3000);
    events.progressed(ORDERS, RUN, read(1000));
    LiveRun live = events.progress(RUN).orElseThrow();
    assertThat(live.rowsRead()).isEqualTo(3000);
    assertThat(live.tally().extracted()).isEqualTo(1000);
    assertThat(live.rowsPerSecond()).isEqualTo(1500);
    assertThat(events.underWay()).hasSize(1);

    events.ended(ORDERS, RUN, new RunOutcome.Cancelled(RUN, read(1000)));
    assertThat(events.progress(RUN)).isEmpty();
    assertThat(events.underWay()).isEmpty();
  }

  @Test
  void are_told_from_start_to_end() throws InterruptedException {
    try (RunSubscription listener = events.subscribe("a").orElseThrow()) {
      events.started(ORDERS, RUN);
      clock.tick(Duration.ofSeconds(1));
      events.read(ORDERS, RUN, 10);
      events.retrying(ORDERS, RUN, 1, Duration.ofSeconds(1), "lost");
      events.ended(ORDERS, RUN, new RunOutcome.Completed(RUN, read(10), Optional.empty()));
      assertThat(waitingFor(listener))
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly("Started", "Progressed", "Retrying", "Ended");
    }
  }

  @Test
  void tell_of_progress_twice_a_second_at_most() throws InterruptedException {
    try (RunSubscription listener = events.subscribe("a").orElseThrow()) {
      events.started(ORDERS, RUN);
      listener.next(Duration.ZERO);
      int told = 0;
      for (int i = 0; i < 100; i++) {
        clock.tick(Duration.ofMillis(100));
        events.read(ORDERS, RUN, 1);
        told += waitingFor(listener).size();
      }
      assertThat(told).isEqualTo(20);
    }
  }

  @Test
  void keep_only_the_latest_progress_for_a_slow_listener() throws InterruptedException {
    try (RunSubscription slow = events.subscribe("a").orElseThrow()) {
      events.started(ORDERS, RUN);
      readRows(RUN, 10_000);
      List<RunEvent> waiting = waitingFor(slow);
      assertThat(waiting).hasSize(2);
      assertThat(waiting.getLast().live().rowsRead()).isEqualTo(10_000_000);
    }
  }

  @Test
  void never_hold_more_than_so_many_for_a_listener_that_is_gone() throws InterruptedException {
    try (RunSubscription gone = events.subscribe("a").orElseThrow()) {
      for (int i = 1; i <= 5_000; i++) {
        events.started(ORDERS, new RunId(i));
        readRows(new RunId(i), 1);
      }
      List<RunEvent> waiting = waitingFor(gone);
      assertThat(waiting).hasSize(256);
      assertThat(waiting.getLast().live().run()).isEqualTo(new RunId(5_000));
    }
  }

  @Test
  void refuse_a_crowd_of_listeners() {
    for (int i = 0; i < 200; i++) {
      assertThat(events.subscribe("client " + i % 4)).isPresent();
    }
    assertThat(events.subscribe("another")).isEmpty();
  }

  @Test
  void give_a_place_back_when_a_listener_leaves() {
    for (int i = 0; i < 1000; i++) {
      events.subscribe("a").orElseThrow().close();
    }
    assertThat(events.subscribe("a")).isPresent();
  }

  @Test
  void let_all_listeners_go_at_the_end() throws InterruptedException {
    RunSubscription listener = events.subscribe("a").orElseThrow();
    events.close();
    assertThat(listener.next(Duration.ofDays(1))).isEmpty();
    assertThat(listener.isOpen()).isFalse();
    assertThat(events.subscribe("a")).isEmpty();
  }

  @Test
  void one_client_cannot_take_all_places_and_gets_back_what_it_leaves() {
    var taken = new ArrayList<RunSubscription>();
    for (var place = events.subscribe("greedy");
        place.isPresent();
        place = events.subscribe("greedy")) {
      taken.add(place.get());
    }
    assertThat(taken).hasSize(100);
    assertThat(events.subscribe("other")).isPresent();

    taken.getFirst().close();
    taken.getFirst().close();
    assertThat(events.subscribe("greedy")).isPresent();
    assertThat(events.subscribe("greedy")).isEmpty();
  }
}
