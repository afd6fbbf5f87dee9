package io.qupersync.application.sync;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.Pause;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.run.FatalErrors;
import io.qupersync.domain.run.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches over one run on a thread of its own: renews its lease, and interrupts it when the lease
/// is lost, its time is up or someone cancels it.
final class RunGuard implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunGuard.class);

  /// Why a run was told to stop.
  enum StopReason {
    CANCELLED,
    TIMED_OUT,
    LEASE_LOST
  }

  private final LeaseStore leases;
  private final Pause pause;
  private final InstantSource clock;
  private final Lease lease;
  private final Duration ttl;
  private final Instant deadline;
  private final Thread run = Thread.currentThread();
  private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
  private final Thread watching;
  private volatile boolean closed;

  private RunGuard(
      LeaseStore leases,
      Pause pause,
      InstantSource clock,
      Lease lease,
      Duration ttl,
      Instant deadline) {
    this.leases = leases;
    this.pause = pause;
    this.clock = clock;
    this.lease = lease;
    this.ttl = ttl;
    this.deadline = deadline;
    this.watching =
        Thread.ofVirtual()
            .name("guard-" + lease.run())
            .unstarted(LogContext.inherited(this::watch));
  }

  /// Begins to watch over the calling thread.
  static RunGuard over(
      LeaseStore leases,
      Pause pause,
      InstantSource clock,
      Lease lease,
      Duration ttl,
      Instant deadline) {
    var guard = new RunGuard(leases, pause, clock, lease, ttl, deadline);
    guard.watching.start();
    return guard;
  }

  Optional<StopReason> stopReason() {
    return Optional.ofNullable(stopped.get());
  }

  /// Ends the run as soon as it can; the first reason counts.
  synchronized void stop(StopReason reason) {
    if (!closed && stopped.compareAndSet(null, reason)) {
      run.interrupt();
    }
  }

  private void watch() {
    try {
      while (!closed) {
        pause.pause(untilNextLook());
        if (!clock.instant().isBefore(deadline)) {
          stop(StopReason.TIMED_OUT);
          return;
        }
        renew();
      }
    } catch (InterruptedException _) {
      // the run has ended
    }
  }

  private Duration untilNextLook() {
    Duration third = ttl.dividedBy(3);
    Duration left = Duration.between(clock.instant(), deadline);
    return left.compareTo(third) < 0 ? left.isNegative() ? Duration.ZERO : left : third;
  }

  private void renew() {
    try {
      switch (leases.renew(lease, ttl)) {
        case HELD -> {}
        case CANCEL_REQUESTED -> stop(StopReason.CANCELLED);
        case LOST -> stop(StopReason.LEASE_LOST);
      }
    } catch (SyncFailure failure) {
      // The fence in every batch decides, not this; the target may be back before the lease has
      // expired.
      LOG.debug("renewing the lease of job {} failed: {}", lease.job(), failure.getMessage());
    } catch (RuntimeException | Error defect) {
      // without this thread the run could neither be cancelled nor time out
      FatalErrors.passOn(defect);
      LOG.error("the guard of job {} met a defect", lease.job(), RedactedThrowable.of(defect));
    }
  }

  /// Ends the watch. From here on nothing interrupts the run any more, and an interrupt that came
  /// too late is taken back, so that the run's last words are heard.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    watching.interrupt();
    if (stopped.get() != null) {
      Thread.interrupted();
    }
  }
}
