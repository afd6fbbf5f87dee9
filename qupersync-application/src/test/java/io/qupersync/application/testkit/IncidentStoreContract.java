package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.IncidentStore.Message;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [IncidentStore] promises.
public abstract class IncidentStoreContract {

  private static final String ON_CALL = "on-call";
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final Alarm FAILED =
      new Alarm(
          new JobId("orders"),
          AlertKind.FAILED,
          "cannot reach \"it\"; wait",
          Optional.of(new RunId(4711)));
  private static final Alarm STALE = new Alarm(new JobId("orders"), AlertKind.STALE, "too old");

  private TargetSide side;
  private IncidentStore store;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
    store = side.incidents();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void an_incident_keeps_what_was_wrong() {
    assertThat(store.open(ON_CALL, FAILED)).isTrue();

    assertThat(store.listOpen(ON_CALL))
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.channel()).isEqualTo(ON_CALL);
          assertThat(incident.alarm()).isEqualTo(FAILED);
          assertThat(incident.isOver()).isFalse();
        });
  }

  @Test
  void the_same_trouble_is_one_incident_however_often_it_is_reported() {
    store.open(ON_CALL, FAILED);
    var again = new Alarm(FAILED.job(), FAILED.kind(), "another reason", Optional.empty());

    assertThat(store.open(ON_CALL, again)).isFalse();
    assertThat(store.listOpen(ON_CALL)).extracting(Incident::alarm).containsExactly(FAILED);
  }

  @Test
  void keeps_channels_jobs_and_kinds_apart() {
    store.open(ON_CALL, FAILED);

    assertThat(store.open(ON_CALL, STALE)).isTrue();
    assertThat(store.open("team", FAILED)).isTrue();
    assertThat(store.open(ON_CALL, new Alarm(new JobId("customers"), AlertKind.FAILED, "")))
        .isTrue();
    assertThat(store.listOpen(ON_CALL)).hasSize(3);
    assertThat(store.listOpen("team")).hasSize(1);
  }

  @Test
  void trouble_that_comes_back_is_another_incident() {
    store.open(ON_CALL, FAILED);
    Incident first = theOpenOne();
    store.close(first);

    assertThat(store.open(ON_CALL, FAILED)).isTrue();
    assertThat(theOpenOne().id()).isNotEqualTo(first.id());
  }

  @Test
  void the_beginning_is_told_once() {
    store.open(ON_CALL, FAILED);

    Message message = taken();
    assertThat(message.incident()).isEqualTo(theOpenOne());
    assertThat(message.attempt()).isEqualTo(1);
    store.delivered(message);

    side.elapse(Duration.ofDays(3));
    assertThat(store.take(ON_CALL, TTL)).isEmpty();
  }

  @Test
  void what_one_has_taken_no_other_gets_until_its_time_is_over() {
    store.open(ON_CALL, FAILED);
    taken();

    side.elapse(TTL.minusSeconds(20));
    assertThat(store.take(ON_CALL, TTL)).isEmpty();

    side.elapse(Duration.ofSeconds(21));
    assertThat(taken().attempt()).isEqualTo(2);
  }

  @Test
  void what_was_put_off_is_due_again_after_the_delay() {
    store.open(ON_CALL, FAILED);
    store.postponed(taken(), Duration.ofMinutes(10));

    side.elapse(Duration.ofMinutes(9));
    assertThat(store.take(ON_CALL, TTL)).isEmpty();

    side.elapse(Duration.ofMinutes(2));
    assertThat(taken().attempt()).isEqualTo(2);
  }

  @Test
  void the_end_is_told_once_to_whoever_was_told_of_the_beginning() {
    store.open(ON_CALL, FAILED);
    store.delivered(taken());
    store.close(theOpenOne());

    Message end = taken();
    assertThat(end.incident().isOver()).isTrue();
    assertThat(end.incident().alarm()).isEqualTo(FAILED);
    assertThat(end.attempt()).isEqualTo(1);
    store.delivered(end);

    side.elapse(Duration.ofHours(1));
    assertThat(store.take(ON_CALL, TTL)).isEmpty();
    assertThat(store.listOpen(ON_CALL)).isEmpty();
  }

  @Test
  void trouble_that_is_over_before_it_was_told_is_not_told_at_all() {
    store.open(ON_CALL, FAILED);
    store.close(theOpenOne());

    assertThat(store.take(ON_CALL, TTL)).isEmpty();
  }

  @Test
  void the_end_is_told_when_it_comes_while_the_beginning_is_on_its_way() {
    store.open(ON_CALL, FAILED);
    Message beginning = taken();
    store.close(theOpenOne());
    assertThat(store.take(ON_CALL, TTL)).isEmpty();

    store.delivered(beginning);

    assertThat(taken().incident().isOver()).isTrue();
  }

  @Test
  void the_end_of_what_never_arrived_is_not_told() {
    store.open(ON_CALL, FAILED);
    Message beginning = taken();
    store.postponed(beginning, Duration.ofSeconds(10));
    store.close(theOpenOne());

    side.elapse(Duration.ofHours(1));
    assertThat(store.take(ON_CALL, TTL)).isEmpty();
  }

  @Test
  void an_end_that_could_not_be_told_for_a_day_is_no_news_any_more() {
    store.open(ON_CALL, FAILED);
    store.delivered(taken());
    store.close(theOpenOne());
    store.postponed(taken(), Duration.ofMinutes(1));

    side.elapse(Duration.ofHours(23));
    Message late = taken();
    store.postponed(late, Duration.ofMinutes(1));
    side.elapse(Duration.ofHours(2));

    assertThat(store.take(ON_CALL, TTL)).isEmpty();
  }

  @Test
  void of_an_incident_that_is_dropped_nothing_more_is_told() {
    store.open(ON_CALL, FAILED);
    store.delivered(taken());
    store.drop(theOpenOne());

    assertThat(store.take(ON_CALL, TTL)).isEmpty();
    assertThat(store.listOpen(ON_CALL)).isEmpty();
  }

  @Test
  void an_incident_ends_once() {
    store.open(ON_CALL, FAILED);
    store.delivered(taken());
    Incident incident = theOpenOne();
    store.drop(incident);

    store.close(incident);

    assertThat(store.take(ON_CALL, TTL)).isEmpty();
  }

  @Test
  void the_oldest_is_told_first() {
    store.open(ON_CALL, FAILED);
    store.open(ON_CALL, STALE);

    assertThat(taken().incident().alarm()).isEqualTo(FAILED);
    assertThat(taken().incident().alarm()).isEqualTo(STALE);
  }

  @Test
  void of_many_who_report_and_take_at_once_one_opens_and_one_tells() throws Exception {
    assertThat(atOnce(() -> store.open(ON_CALL, FAILED))).containsOnlyOnce(true);
    assertThat(atOnce(() -> store.take(ON_CALL, TTL).isPresent())).containsOnlyOnce(true);
  }

  private static List<Boolean> atOnce(Callable<Boolean> call) throws Exception {
    var start = new CountDownLatch(1);
    var answers = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 8; i++) {
        calls.add(
            threads.submit(() -> {
              start.await();
              return call.call();
            }));
      }
      start.countDown();
      for (Future<Boolean> answered : calls) {
        answers.add(answered.get());
      }
    }
    return answers;
  }

  private Message taken() {
    return store.take(ON_CALL, TTL).orElseThrow();
  }

  private Incident theOpenOne() {
    assertThat(store.listOpen(ON_CALL)).hasSize(1);
    return store.listOpen(ON_CALL).getFirst();
  }
}
