package io.qupersync.application.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final AtomicInteger sourceAsked = new AtomicInteger();
  private final AtomicBoolean sourceLost = new AtomicBoolean();
  private final AtomicBoolean targetLost = new AtomicBoolean();
  private final AtomicBoolean busy = new AtomicBoolean();
  private Duration patience = Duration.ofMinutes(1);

  private final AtomicInteger knocks = new AtomicInteger();
  private final AtomicBoolean sourceDeaf = new AtomicBoolean();

  private DatabaseWatch watch(DatabaseProbe login) {
    return new DatabaseWatch(
        "source", "Redshift at test:5439/dev", this::knock, login, clock, patience, busy::get);
  }

  private Optional<DatabaseProbe.Probed> knock() {
    knocks.incrementAndGet();
    if (sourceDeaf.get()) {
      throw new TransientFailure(FailureKind.UNREACHABLE, "cannot connect: nobody is at home");
    }
    return Optional.empty();
  }

  private DatabaseWatch target() {
    DatabaseProbe probe = probe(new AtomicInteger(), targetLost);
    return new DatabaseWatch(
        "target",
        "PostgreSQL at test:5432/quper",
        () -> Optional.of(probe.probe()),
        probe,
        clock,
        patience,
        () -> false);
  }

  private Readiness readiness(DatabaseWatch source) {
    DatabaseWatch target = target();
    source.look();
    target.look();
    return new Readiness(source, target);
  }

  private static DatabaseProbe probe(AtomicInteger asked, AtomicBoolean lost) {
    return () -> {
      asked.incrementAndGet();
      if (lost.get()) {
        throw new TransientFailure(FailureKind.UNREACHABLE, "cannot connect: connection refused");
      }
      return new DatabaseProbe.Probed("a database", "test", true);
    };
  }

  private static Finding source(Readiness readiness) {
    return readiness.look().getFirst();
  }

  @Test
  void finds_both_databases_well() {
    assertThat(readiness(watch(probe(sourceAsked, sourceLost))).look())
        .extracting(Finding::subject, Finding::verdict)
        .containsExactly(tuple("source", Verdict.OK), tuple("target", Verdict.OK));
  }

  @Test
  void says_which_is_lost_and_why() {
    targetLost.set(true);
    Finding target = readiness(watch(probe(sourceAsked, sourceLost))).look().getLast();
    assertThat(target.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(target.detail()).contains("connection refused");
  }

  @Test
  void asks_nobody_itself() {
    DatabaseWatch source = watch(probe(sourceAsked, sourceLost));
    Readiness readiness = readiness(source);
    sourceLost.set(true);
    sourceDeaf.set(true);
    assertThat(source(readiness).verdict()).as("before the next look").isEqualTo(Verdict.OK);
    source.look();
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(source(readiness).detail()).isEqualTo("nobody is at home");
  }

  @Test
  void logs_in_to_the_source_seldom_while_it_is_well_and_not_at_all_while_nobody_asks() {
    DatabaseWatch source = watch(probe(sourceAsked, sourceLost));
    Readiness readiness = readiness(source);
    for (int second = 0; second < 60; second++) {
      clock.tick(Duration.ofSeconds(1));
      source.look();
    }
    assertThat(sourceAsked).as("nobody asks").hasValue(1);
    assertThat(knocks).hasValue(61);
    for (int second = 0; second < 60; second++) {
      readiness.look();
      source.look();
      clock.tick(Duration.ofSeconds(1));
    }
    assertThat(sourceAsked).hasValue(3);
  }

  @Test
  void sees_at_the_next_look_that_a_lost_database_is_back() {
    DatabaseWatch source = watch(probe(sourceAsked, sourceLost));
    Readiness readiness = readiness(source);
    sourceDeaf.set(true);
    clock.tick(Duration.ofSeconds(5));
    source.look();
    DatabaseState away = source.state();
    assertThat(away.isAway()).isTrue();
    assertThat(away.since()).isEqualTo(clock.instant());
    clock.tick(Duration.ofSeconds(5));
    source.look();
    assertThat(source.state().since()).as("it is still the same absence").isEqualTo(away.since());
    sourceDeaf.set(false);
    source.look();
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    assertThat(sourceAsked).as("it is logged in to before it counts as back").hasValue(2);
  }

  @Test
  void tries_a_login_that_was_refused_less_and_less_often() {
    sourceLost.set(true);
    DatabaseWatch source = watch(probe(sourceAsked, sourceLost));
    readiness(source);
    for (int second = 0; second < 62; second++) {
      clock.tick(Duration.ofSeconds(1));
      source.look();
      assertThat(source.state().isAway()).isTrue();
    }
    // at once, and after 2, 4, 8, 16 and 30 seconds more
    assertThat(sourceAsked).hasValue(6);
  }

  @Test
  void waits_no_longer_than_it_is_told_to() {
    patience = Duration.ofMillis(20);
    var never = new CountDownLatch(1);
    DatabaseWatch source = watch(waiting(never));
    Readiness readiness = readiness(source);
    assertThat(source(readiness).detail()).isEqualTo("it lets nobody in within 20 ms");
  }

  @Test
  void a_database_that_takes_long_to_answer_is_not_worth_waiting_for_before_it_counts_as_away()
      throws Exception {
    patience = Duration.ofSeconds(20);
    var answer = new CountDownLatch(1);
    var watch =
        new DatabaseWatch(
            "target",
            "PostgreSQL at test:5432/quper",
            () -> Optional.of(waiting(answer).probe()),
            waiting(answer),
            clock,
            patience,
            () -> false);
    Thread looking = Thread.ofVirtual().start(watch::look);
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (watch.isAnswering() && System.nanoTime() < end) {
      clock.tick(Duration.ofMillis(10));
      Thread.onSpinWait();
    }
    assertThat(watch.isAnswering()).isFalse();
    assertThat(watch.state().isAway()).isFalse();
    answer.countDown();
    looking.join(Duration.ofSeconds(10));
  }

  @Test
  void takes_no_offence_at_a_source_whose_connections_are_all_in_use_by_runs() {
    patience = Duration.ofMillis(500);
    var free = new AtomicBoolean(true);
    var never = new CountDownLatch(1);
    DatabaseWatch source =
        watch(() -> free.get() ? probe(sourceAsked, sourceLost).probe() : waiting(never).probe());
    Readiness readiness = readiness(source);
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    free.set(false);
    busy.set(true);
    clock.tick(DatabaseWatch.LOGIN_EVERY);
    readiness.look();
    source.look();
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    busy.set(false);
    clock.tick(DatabaseWatch.LOGIN_EVERY);
    readiness.look();
    source.look();
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.UNREACHABLE);
  }

  private static DatabaseProbe waiting(CountDownLatch latch) {
    return () -> {
      try {
        latch.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      throw new TransientFailure(FailureKind.UNREACHABLE, "interrupted");
    };
  }
}
