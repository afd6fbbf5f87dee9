package io.qupersync.application.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.Pause;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.sync.RunGuard.StopReason;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunGuardTest {

  private static final Lease LEASE = new Lease(new JobId("orders"), new RunId(1), 1);
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final Looks looks = new Looks();
  private final Renewals leases = new Renewals();

  @AfterEach
  void nothing_is_left_of_an_interrupt() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void renews_the_lease_three_times_before_it_would_expire() throws Exception {
    try (RunGuard guard = guard(HOUR)) {
      for (int i = 1; i <= 5; i++) {
        assertThat(looks.next()).isEqualTo(Duration.ofSeconds(20));
      }
      assertThat(leases.asked.get()).isBetween(4, 5);
      assertThat(guard.stopReason()).isEmpty();
    }
  }

  @Test
  void stops_the_run_when_the_lease_is_lost() throws Exception {
    leases.answers.add(() -> LeaseStore.Renewal.LOST);
    try (RunGuard guard = guard(HOUR)) {
      looks.next();

      assertThatThrownBy(RunGuardTest::stall).isInstanceOf(InterruptedException.class);
      assertThat(guard.stopReason()).contains(StopReason.LEASE_LOST);
    }
  }

  @Test
  void stops_the_run_when_another_instance_left_word_to_cancel_it() throws Exception {
    leases.answers.add(() -> LeaseStore.Renewal.CANCEL_REQUESTED);
    try (RunGuard guard = guard(HOUR)) {
      looks.next();

      assertThatThrownBy(RunGuardTest::stall).isInstanceOf(InterruptedException.class);
      assertThat(guard.stopReason()).contains(StopReason.CANCELLED);
    }
  }

  @Test
  void a_renewal_that_fails_is_tried_at_the_next_look() throws Exception {
    leases.answers.add(() -> {
      throw new TransientFailure(FailureKind.TARGET, "away for a moment");
    });
    try (RunGuard guard = guard(HOUR)) {
      looks.next();
      looks.next();
      looks.next();

      assertThat(leases.asked.get()).isBetween(2, 3);
      assertThat(guard.stopReason()).isEmpty();
    }
  }

  @Test
  void stops_the_run_when_its_time_is_up() throws Exception {
    try (RunGuard guard = guard(Duration.ofSeconds(30))) {
      assertThat(looks.next()).isEqualTo(Duration.ofSeconds(20));
      assertThat(looks.next()).isEqualTo(Duration.ofSeconds(10));

      assertThatThrownBy(RunGuardTest::stall).isInstanceOf(InterruptedException.class);
      assertThat(guard.stopReason()).contains(StopReason.TIMED_OUT);
    }
  }

  @Test
  void the_first_reason_to_stop_counts() {
    try (RunGuard guard = guard(HOUR)) {
      guard.stop(StopReason.CANCELLED);
      guard.stop(StopReason.TIMED_OUT);

      assertThat(guard.stopReason()).contains(StopReason.CANCELLED);
    }
  }

  @Test
  void takes_back_an_interrupt_that_the_run_never_met() {
    try (RunGuard guard = guard(HOUR)) {
      guard.stop(StopReason.CANCELLED);
    }

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void does_not_touch_a_run_that_has_ended() {
    RunGuard guard = guard(HOUR);
    guard.close();

    guard.stop(StopReason.CANCELLED);

    assertThat(guard.stopReason()).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private RunGuard guard(Duration timeout) {
    return RunGuard.over(leases, looks, clock, LEASE, TTL, clock.instant().plus(timeout));
  }

  private static void stall() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /// Lets the guard look up when the test says so.
  private final class Looks implements Pause {

    private final BlockingQueue<Duration> wanted = new LinkedBlockingQueue<>();
    private final Semaphore allowed = new Semaphore(0);

    @Override
    public void pause(Duration duration) throws InterruptedException {
      wanted.add(duration);
      allowed.acquire();
      clock.tick(duration);
    }

    /// How long the guard wants to wait; then it has waited.
    Duration next() throws InterruptedException {
      Duration duration = wanted.take();
      allowed.release();
      return duration;
    }
  }

  /// Answers as told, else that the lease is renewed.
  private static final class Renewals implements LeaseStore {

    private interface Answer {
      Renewal give();
    }

    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public Renewal renew(Lease lease, Duration ttl) {
      asked.incrementAndGet();
      Answer answer = answers.poll();
      return answer == null ? Renewal.HELD : answer.give();
    }

    @Override
    public Attempt acquire(JobId job, RunId run, String owner, Duration ttl) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean requestCancel(RunId run) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void release(Lease lease) {
      throw new UnsupportedOperationException();
    }
  }
}
