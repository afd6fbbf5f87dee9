package io.qupersync.application.inspect;

import io.qupersync.application.inspect.DatabaseState.Presence;
import io.qupersync.application.port.DatabasePing;
import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.FatalErrors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows whether one database is there, so that nobody else has to wait to find out. Everything
/// that asks about it returns at once; only [#look], which one thread calls again and again, waits
/// for the database, and never longer than its patience. Safe for use by many threads.
public final class DatabaseWatch {

  /// Each login at the source keeps Redshift Serverless awake, which costs money: it is only tried
  /// while somebody wants to know, and no more often than this.
  static final Duration LOGIN_EVERY = Duration.ofSeconds(30);

  /// After a login that was refused: twice as long after each, so that no account is locked.
  static final Duration LOGIN_AGAIN = Duration.ofSeconds(2);

  /// A ping that takes longer tells that the database does not answer at present, although it may
  /// still do so before the patience is over.
  private static final Duration SLOW = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);

  private final String key;
  private final DatabasePing ping;
  private final DatabaseProbe probe;
  private final InstantSource clock;
  private final Duration patience;
  private final BooleanSupplier busy;

  /// Empty while no ping is under way.
  private final AtomicReference<Optional<Instant>> pingingSince =
      new AtomicReference<>(Optional.empty());

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private volatile DatabaseState state;
  private volatile Instant askedAt = Instant.MIN;
  private volatile Runnable nudge = () -> {};
  private volatile boolean stopped;
  private Instant loggedInAt = Instant.MIN;
  private @Nullable String refusal;
  private Duration pause = LOGIN_AGAIN;

  /// @param key its section in the configuration: `source` or `target`
  /// @param name such as `PostgreSQL at db.internal:5432/quper`
  /// @param probe logs in, where a ping does not
  /// @param patience how long it may take to answer
  /// @param busy whether runs are under way: their connections may be all that the database allows
  public DatabaseWatch(
      String key,
      String name,
      DatabasePing ping,
      DatabaseProbe probe,
      InstantSource clock,
      Duration patience,
      BooleanSupplier busy) {
    this.key = key;
    this.ping = ping;
    this.probe = probe;
    this.clock = clock;
    this.patience = patience;
    this.busy = busy;
    this.state = new DatabaseState(name, Presence.UNKNOWN, clock.instant(), Optional.empty());
  }

  /// Its section in the configuration.
  public String key() {
    return key;
  }

  /// What is known, at once.
  public DatabaseState state() {
    return state;
  }

  /// The same, for somebody who cares whether a login works too: the next look finds out.
  DatabaseState stateForWhoAsks() {
    askedAt = clock.instant();
    return state;
  }

  /// Whether it is worth waiting for: false as soon as it is known to be away, or is taking long to
  /// say that it is there.
  public boolean isAnswering() {
    boolean isSlow =
        pingingSince.get().filter(since -> since.plus(SLOW).isBefore(clock.instant())).isPresent();
    return !state.isAway() && !isSlow;
  }

  /// Somebody waits for it longer than usual: it is looked at now, not in a second.
  public void suspect() {
    nudge.run();
  }

  /// Returns as soon as it counts as away, or after so long.
  public void awaitAway(Duration patience) {
    lock.lock();
    try {
      for (long left = patience.toNanos(); left > 0 && !state.isAway(); ) {
        left = news.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// From now on nothing is found out: connections that are being closed are no absence of the
  /// database.
  void stop() {
    stopped = true;
  }

  void nudgeBy(Runnable look) {
    nudge = look;
  }

  /// Finds out how it stands. Never throws for the database's sake.
  public synchronized void look() {
    try {
      Optional<Probed> answer = ask(ping::ping, true);
      if (answer.isPresent()) {
        there(answer.map(Probed::version));
      } else {
        afterPing();
      }
    } catch (SyncFailure failure) {
      loggedInAt = Instant.MIN;
      refusal = null;
      away(DatabaseState.reason(failure));
    } catch (TimeoutException _) {
      loggedInAt = Instant.MIN;
      away("it does not answer within %d ms".formatted(patience.toMillis()));
    }
  }

  /// Finds out whether it answers, without a login where that costs something.
  public synchronized DatabaseState ping() {
    try {
      there(ask(ping::ping, true).map(Probed::version));
    } catch (SyncFailure failure) {
      away(DatabaseState.reason(failure));
    } catch (TimeoutException _) {
      away("it does not answer within %d ms".formatted(patience.toMillis()));
    }
    return state;
  }

  /// It answers: whether it lets us in is another question.
  private void afterPing() {
    if (isTimeToLogIn()) {
      logIn();
    } else if (refusal == null) {
      there(state.isAway() ? Optional.empty() : state.detail());
    }
  }

  private boolean isTimeToLogIn() {
    Instant now = clock.instant();
    if (refusal != null) {
      return !now.isBefore(loggedInAt.plus(pause));
    }
    boolean isAsked = !askedAt.equals(Instant.MIN) && now.isBefore(askedAt.plus(LOGIN_EVERY));
    return loggedInAt.equals(Instant.MIN)
        || (isAsked && !now.isBefore(loggedInAt.plus(LOGIN_EVERY)));
  }

  private void logIn() {
    loggedInAt = clock.instant();
    try {
      Probed probed = ask(probe::probe, false);
      refusal = null;
      pause = LOGIN_AGAIN;
      there(Optional.of(probed.version()));
    } catch (SyncFailure failure) {
      refuse(DatabaseState.reason(failure));
    } catch (TimeoutException _) {
      if (busy.getAsBoolean()) {
        there(state.isAway() ? Optional.empty() : state.detail());
      } else {
        refuse("it lets nobody in within %d ms".formatted(patience.toMillis()));
      }
    }
  }

  private void refuse(String reason) {
    pause = refusal == null ? LOGIN_AGAIN : pause.multipliedBy(2);
    pause = pause.compareTo(LOGIN_EVERY) > 0 ? LOGIN_EVERY : pause;
    refusal = reason;
    away(reason);
  }

  private void there(Optional<String> version) {
    DatabaseState was = state;
    boolean wasThere = was.presence() == Presence.THERE;
    state =
        new DatabaseState(
            was.name(), Presence.THERE, wasThere ? was.since() : clock.instant(), version);
    if (was.isAway()) {
      LOG.info("{} is back", was.name());
    }
  }

  private void away(String reason) {
    if (stopped) {
      return;
    }
    DatabaseState was = state;
    state =
        new DatabaseState(
            was.name(),
            Presence.AWAY,
            was.isAway() ? was.since() : clock.instant(),
            Optional.of(reason));
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
    if (!was.isAway()) {
      LOG.warn("{} is away: {}", was.name(), reason);
    }
  }

  private <T> T ask(Callable<T> question, boolean isPing) throws TimeoutException {
    var answer = new FutureTask<>(question);
    if (isPing) {
      pingingSince.set(Optional.of(clock.instant()));
    }
    Thread asking = Thread.ofVirtual().name("watch-" + key).start(answer);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failureOf(failed);
    } catch (TimeoutException late) {
      // a ping ends by itself: a far server may have answered by the next one
      if (!isPing) {
        asking.interrupt();
      }
      throw late;
    } catch (InterruptedException _) {
      asking.interrupt();
      Thread.currentThread().interrupt();
      throw new TransientFailure(FailureKind.UNREACHABLE, "the service is stopping");
    } finally {
      if (isPing) {
        pingingSince.set(Optional.empty());
      }
    }
  }

  private static RuntimeException failureOf(ExecutionException failed) {
    FatalErrors.passOn(failed);
    return failed.getCause() instanceof RuntimeException known
        ? known
        : new IllegalStateException(failed.getCause());
  }
}
