package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.LeaseStore.Renewal;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.LeaseStore] promises.
public abstract class LeaseStoreContract {

  private static final JobId ORDERS = new JobId("orders");
  private static final JobId CUSTOMERS = new JobId("customers");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void grants_a_free_lease_that_nobody_abandoned() {
    RunId run = side.runs().nextId();

    assertThat(acquire(ORDERS, run))
        .isInstanceOfSatisfying(
            Attempt.Granted.class,
            granted -> {
              assertThat(granted.lease().job()).isEqualTo(ORDERS);
              assertThat(granted.lease().run()).isEqualTo(run);
              assertThat(granted.abandoned()).isEmpty();
            });
  }

  @Test
  void tells_who_holds_a_lease_that_is_taken() {
    Lease lease = granted(ORDERS);

    assertThat(acquire(ORDERS, side.runs().nextId()))
        .isInstanceOfSatisfying(
            Attempt.Held.class, held -> assertThat(held.holder()).isEqualTo(lease.run()));
  }

  @Test
  void a_run_that_asks_again_because_the_answer_was_lost_gets_its_lease() {
    Lease lost = granted(ORDERS);

    assertThat(acquire(ORDERS, lost.run()))
        .isInstanceOfSatisfying(
            Attempt.Granted.class,
            again -> {
              assertThat(again.abandoned()).isEmpty();
              assertThat(side.leases().renew(again.lease(), MINUTE)).isEqualTo(Renewal.HELD);
            });
    assertThat(acquire(ORDERS, side.runs().nextId()))
        .isInstanceOfSatisfying(
            Attempt.Held.class, held -> assertThat(held.holder()).isEqualTo(lost.run()));
  }

  @Test
  void keeps_the_leases_of_two_jobs_apart() {
    granted(ORDERS);

    assertThat(acquire(CUSTOMERS, side.runs().nextId())).isInstanceOf(Attempt.Granted.class);
  }

  @Test
  void grants_a_released_lease_again_under_a_higher_token() {
    Lease first = granted(ORDERS);
    side.leases().release(first);

    assertThat(acquire(ORDERS, side.runs().nextId()))
        .isInstanceOfSatisfying(
            Attempt.Granted.class,
            again -> {
              assertThat(again.lease().token()).isGreaterThan(first.token());
              assertThat(again.abandoned()).isEmpty();
            });
  }

  @Test
  void grants_an_expired_lease_to_another_run_and_names_the_run_that_abandoned_it() {
    Lease first = granted(ORDERS);
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(acquire(ORDERS, side.runs().nextId()))
        .isInstanceOfSatisfying(
            Attempt.Granted.class,
            again -> {
              assertThat(again.lease().token()).isGreaterThan(first.token());
              assertThat(again.abandoned()).contains(first.run());
            });
  }

  @Test
  void holds_a_lease_until_it_expires() {
    granted(ORDERS);
    side.elapse(MINUTE.minusSeconds(10));

    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Held.class);
  }

  @Test
  void renewing_prolongs_a_lease_from_now() {
    Lease lease = granted(ORDERS);
    side.elapse(Duration.ofSeconds(40));

    assertThat(side.leases().renew(lease, MINUTE)).isEqualTo(Renewal.HELD);

    side.elapse(Duration.ofSeconds(40));
    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Held.class);
    side.elapse(Duration.ofSeconds(21));
    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Granted.class);
  }

  @Test
  void renews_a_lease_that_expired_but_was_not_taken_over() {
    Lease lease = granted(ORDERS);
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(side.leases().renew(lease, MINUTE)).isEqualTo(Renewal.HELD);
    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Held.class);
  }

  @Test
  void does_not_renew_a_lease_that_was_taken_over() {
    Lease lost = granted(ORDERS);
    side.elapse(MINUTE.plusSeconds(1));
    Lease taken = granted(ORDERS);

    assertThat(side.leases().renew(lost, MINUTE)).isEqualTo(Renewal.LOST);
    assertThat(side.leases().renew(taken, MINUTE)).isEqualTo(Renewal.HELD);
  }

  @Test
  void does_not_renew_a_lease_that_was_given_back() {
    Lease lease = granted(ORDERS);
    side.leases().release(lease);

    assertThat(side.leases().renew(lease, MINUTE)).isEqualTo(Renewal.LOST);
    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Granted.class);
  }

  @Test
  void a_run_that_is_to_stop_finds_out_when_it_renews_its_lease() {
    Lease lease = granted(ORDERS);
    Lease other = granted(CUSTOMERS);

    assertThat(side.leases().requestCancel(lease.run())).isTrue();

    assertThat(side.leases().renew(lease, MINUTE)).isEqualTo(Renewal.CANCEL_REQUESTED);
    assertThat(side.leases().renew(other, MINUTE)).isEqualTo(Renewal.HELD);
    side.leases().release(lease);
    assertThat(side.leases().renew(granted(ORDERS), MINUTE)).isEqualTo(Renewal.HELD);
  }

  @Test
  void whoever_takes_a_lease_over_is_not_told_to_stop() {
    Lease lost = granted(ORDERS);
    side.leases().requestCancel(lost.run());
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(side.leases().renew(granted(ORDERS), MINUTE)).isEqualTo(Renewal.HELD);
  }

  @Test
  void a_run_that_is_not_under_way_cannot_be_told_to_stop() {
    Lease ended = granted(ORDERS);
    side.leases().release(ended);
    Lease died = granted(CUSTOMERS);
    side.elapse(MINUTE.plusSeconds(1));

    assertThat(side.leases().requestCancel(ended.run())).isFalse();
    assertThat(side.leases().requestCancel(died.run())).isFalse();
    assertThat(side.leases().requestCancel(side.runs().nextId())).isFalse();
  }

  @Test
  void a_run_that_lost_its_lease_cannot_release_that_of_its_successor() {
    Lease lost = granted(ORDERS);
    side.elapse(MINUTE.plusSeconds(1));
    Lease taken = granted(ORDERS);

    side.leases().release(lost);

    assertThat(acquire(ORDERS, side.runs().nextId()))
        .isInstanceOfSatisfying(
            Attempt.Held.class, held -> assertThat(held.holder()).isEqualTo(taken.run()));
  }

  @Test
  void releasing_twice_does_no_harm() {
    Lease lease = granted(ORDERS);
    side.leases().release(lease);
    side.leases().release(lease);

    assertThat(acquire(ORDERS, side.runs().nextId())).isInstanceOf(Attempt.Granted.class);
  }

  @Test
  void grants_a_lease_to_one_of_many_who_ask_at_once() throws Exception {
    int contenders = 8;
    var start = new CountDownLatch(1);
    var attempts = new ArrayList<Attempt>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ArrayList<Future<Attempt>>();
      for (int i = 0; i < contenders; i++) {
        RunId run = side.runs().nextId();
        Callable<Attempt> ask =
            () -> {
              start.await();
              return acquire(ORDERS, run);
            };
        asking.add(threads.submit(ask));
      }
      start.countDown();
      for (Future<Attempt> asked : asking) {
        attempts.add(asked.get());
      }
    }

    List<Attempt> granted = attempts.stream().filter(Attempt.Granted.class::isInstance).toList();
    assertThat(granted).hasSize(1);
    RunId winner = ((Attempt.Granted) granted.getFirst()).lease().run();
    assertThat(attempts)
        .filteredOn(Attempt.Held.class::isInstance)
        .hasSize(contenders - 1)
        .allSatisfy(held -> assertThat(((Attempt.Held) held).holder()).isEqualTo(winner));
  }

  private Attempt acquire(JobId job, RunId run) {
    return side.leases().acquire(job, run, "an instance", MINUTE);
  }

  private Lease granted(JobId job) {
    return ((Attempt.Granted) acquire(job, side.runs().nextId())).lease();
  }
}
