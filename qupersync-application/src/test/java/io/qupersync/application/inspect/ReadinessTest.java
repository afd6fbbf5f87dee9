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

  private Readiness readiness(DatabaseProbe source) {
    return new Readiness(
        source, probe(new AtomicInteger(), targetLost), clock, patience, busy::get);
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
    assertThat(readiness(probe(sourceAsked, sourceLost)).look())
        .extracting(Finding::subject, Finding::verdict)
        .containsExactly(tuple("source", Verdict.OK), tuple("target", Verdict.OK));
  }

  @Test
  void says_which_is_lost_and_why() {
    targetLost.set(true);
    Finding target = readiness(probe(sourceAsked, sourceLost)).look().getLast();
    assertThat(target.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(target.detail()).contains("connection refused");
  }

  @Test
  void a_source_that_was_looked_at_ahead_need_not_be_asked_again() {
    Readiness readiness = readiness(probe(sourceAsked, sourceLost));

    readiness.lookAhead();

    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    assertThat(sourceAsked).hasValue(1);
  }

  @Test
  void asks_the_source_seldom_while_it_is_well() {
    Readiness readiness = readiness(probe(sourceAsked, sourceLost));
    for (int second = 0; second < 60; second++) {
      readiness.look();
      clock.tick(Duration.ofSeconds(1));
    }
    assertThat(sourceAsked).hasValue(2);
  }

  @Test
  void sees_soon_that_a_lost_database_is_back() {
    Readiness readiness = readiness(probe(sourceAsked, sourceLost));
    sourceLost.set(true);
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.UNREACHABLE);
    sourceLost.set(false);
    assertThat(source(readiness).verdict()).as("at once").isEqualTo(Verdict.UNREACHABLE);
    clock.tick(Readiness.SOON);
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void waits_no_longer_than_it_is_told_to() {
    patience = Duration.ofMillis(20);
    var never = new CountDownLatch(1);
    Readiness readiness = readiness(waiting(never));
    assertThat(source(readiness).detail()).isEqualTo("does not answer within 20 ms");
  }

  @Test
  void takes_no_offence_at_a_source_whose_connections_are_all_in_use_by_runs() {
    patience = Duration.ofMillis(500);
    var free = new AtomicBoolean(true);
    var never = new CountDownLatch(1);
    Readiness readiness =
        readiness(
            () -> free.get() ? probe(sourceAsked, sourceLost).probe() : waiting(never).probe());
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    free.set(false);
    busy.set(true);
    clock.tick(Readiness.LATER);
    assertThat(source(readiness).verdict()).isEqualTo(Verdict.OK);
    busy.set(false);
    clock.tick(Readiness.LATER);
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
