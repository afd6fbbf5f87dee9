package io.qupersync.application.alert;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.testkit.CountingMetrics;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.RecordingChannel;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The target goes away, and with it the store of all that was told.
class OutageStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final SyncJob orders = aJob().from(SOURCE).build();
  private final RecordingChannel channel = new RecordingChannel("on-call");
  private final AlertStores alertStores =
      new AlertStores(
          new IncidentsInTarget(world.database().incidents()),
          new OutageWatch("here", world.clock()));
  private final AlertWatch watch =
      new AlertWatch(
          new JobHealthQuery(
              new JobDefinitions(new JobRegistry(List.of(JobVariants.same(orders)))),
              new StandingsInTarget(world.database().standings()),
              world.database().schedules()),
          alertStores,
          List.of(settings(true, true)),
          world.clock());
  private AlertDispatcher alertDispatcher = courier(settings(true, true));
  private boolean away;

  @BeforeEach
  void begin() {
    world.warehouse().create(SOURCE, columns("id", "bigint"));
    world.run(orders);
  }

  @Test
  void a_target_that_stays_away_is_told_once_and_its_return_once() {
    turnsFor(Duration.ofMinutes(5));
    away = true;
    turnsFor(Duration.ofMinutes(10));
    assertThat(channel.heard()).containsExactly("the target is away");

    away = false;
    turnsFor(Duration.ofMinutes(10));

    assertThat(channel.heard()).containsExactly("the target is away", "the target is back");
  }

  @Test
  void a_target_that_is_soon_back_wakes_nobody() {
    away = true;
    turnsFor(Duration.ofSeconds(30));
    away = false;
    turnsFor(Duration.ofMinutes(5));
    away = true;
    turnsFor(Duration.ofSeconds(30));
    away = false;
    turnsFor(Duration.ofMinutes(5));

    assertThat(channel.tries()).isZero();
  }

  @Test
  void who_does_not_hear_is_told_later_as_long_as_it_lasts() {
    channel.goDeaf();
    away = true;
    turnsFor(Duration.ofMinutes(3));
    channel.hearAgain();
    turnsFor(Duration.ofMinutes(10));

    assertThat(channel.heard()).containsExactly("the target is away");
  }

  @Test
  void what_is_over_before_it_could_be_told_is_not_told() {
    channel.goDeaf();
    away = true;
    turnsFor(Duration.ofMinutes(3));
    away = false;
    channel.hearAgain();
    turnsFor(Duration.ofMinutes(20));

    assertThat(channel.heard()).isEmpty();
  }

  @Test
  void the_next_time_is_told_again() {
    for (int time = 0; time < 2; time++) {
      away = true;
      turnsFor(Duration.ofMinutes(3));
      away = false;
      turnsFor(Duration.ofMinutes(3));
    }

    assertThat(channel.heard())
        .containsExactly(
            "the target is away", "the target is back", "the target is away", "the target is back");
  }

  @Test
  void a_channel_hears_of_it_only_when_it_asked_for_that() {
    alertDispatcher = courier(settings(false, true));
    away = true;
    turnsFor(Duration.ofMinutes(3));
    away = false;
    turnsFor(Duration.ofMinutes(3));
    assertThat(channel.tries()).isZero();

    alertDispatcher = courier(settings(true, false));
    away = true;
    turnsFor(Duration.ofMinutes(3));
    away = false;
    turnsFor(Duration.ofMinutes(3));
    assertThat(channel.heard()).containsExactly("the target is away");
  }

  @Test
  void whoever_takes_over_a_channel_does_not_tell_it_twice() {
    away = true;
    turnsFor(Duration.ofMinutes(3));

    alertDispatcher = courier(settings(true, true));
    turnsFor(Duration.ofMinutes(3));

    assertThat(channel.heard()).containsExactly("the target is away");
  }

  @Test
  void what_two_couriers_carry_at_once_is_carried_by_one() {
    away = true;
    world.clock().tick(Duration.ofSeconds(1));
    watch.look();
    world.clock().tick(OutageWatch.PATIENCE);
    watch.look();

    assertThat(alertStores.outages().take(settings(true, true), Duration.ofMinutes(2))).isPresent();
    assertThat(alertStores.outages().take(settings(true, true), Duration.ofMinutes(2))).isEmpty();
  }

  /// What happens in so much time, with a look every half minute.
  private void turnsFor(Duration time) {
    for (long passed = 0; passed < time.toSeconds(); passed += 30) {
      world.clock().tick(Duration.ofSeconds(30));
      watch.look();
      try {
        alertDispatcher.deliver();
      } catch (TransientFailure _) {
        // the next turn makes up for it
      }
    }
  }

  private AlertDispatcher courier(AlertSettings settings) {
    return new AlertDispatcher(
        channel, settings, alertStores, new CountingMetrics(), new Random(1));
  }

  private static AlertSettings settings(boolean targetAway, boolean endings) {
    return new AlertSettings(
        "on-call", EnumSet.noneOf(AlertKind.class), endings, targetAway, 0, Duration.ofHours(24));
  }

  private void requireThere() {
    if (away) {
      throw new TransientFailure(FailureKind.UNREACHABLE, "cannot connect to PostgreSQL");
    }
  }

  private final class StandingsInTarget implements JobStates {

    private final JobStates jobStates;

    StandingsInTarget(JobStates jobStates) {
      this.jobStates = jobStates;
    }

    @Override
    public Map<JobId, JobState> of(Collection<JobId> jobs) {
      requireThere();
      return jobStates.of(jobs);
    }
  }

  private final class IncidentsInTarget implements IncidentStore {

    private final IncidentStore store;

    IncidentsInTarget(IncidentStore store) {
      this.store = store;
    }

    @Override
    public boolean open(String told, Alarm alarm) {
      requireThere();
      return store.open(told, alarm);
    }

    @Override
    public void close(Incident incident) {
      requireThere();
      store.close(incident);
    }

    @Override
    public void drop(Incident incident) {
      requireThere();
      store.drop(incident);
    }

    @Override
    public List<Incident> listOpen(String told) {
      requireThere();
      return store.listOpen(told);
    }

    @Override
    public Optional<Message> take(String told, Duration ttl) {
      requireThere();
      return store.take(told, ttl);
    }

    @Override
    public void delivered(Message message) {
      requireThere();
      store.delivered(message);
    }

    @Override
    public void postponed(Message message, Duration delay) {
      requireThere();
      store.postponed(message, delay);
    }
  }
}
