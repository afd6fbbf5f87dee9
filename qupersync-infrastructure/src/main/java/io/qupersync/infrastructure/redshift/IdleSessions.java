package io.qupersync.infrastructure.redshift;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Connections that have done their work well, for whoever comes within the next moments: a run
/// asks for the time, for the columns and for the rows, and each log-in costs a cluster more than
/// the first two. Safe for use by many threads.
final class IdleSessions {

  private static final Executor VIRTUAL = task -> Thread.ofVirtual().name("idle").start(task);

  private final Executor later;
  private final Deque<OpenConnection> idle = new ArrayDeque<>();
  private boolean closed;

  /// @param longest how long a connection is kept
  IdleSessions(Duration longest) {
    this.later =
        CompletableFuture.delayedExecutor(longest.toMillis(), TimeUnit.MILLISECONDS, VIRTUAL);
  }

  synchronized Optional<OpenConnection> take() {
    return Optional.ofNullable(idle.pollLast());
  }

  synchronized int size() {
    return idle.size();
  }

  void keep(OpenConnection connection) {
    synchronized (this) {
      if (!closed) {
        idle.addLast(connection);
        later.execute(() -> letGo(connection));
        return;
      }
    }
    connection.disconnect();
  }

  private void letGo(OpenConnection connection) {
    synchronized (this) {
      if (!idle.remove(connection)) {
        return;
      }
    }
    connection.disconnect();
  }

  /// Keeps none any more.
  void close() {
    Deque<OpenConnection> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayDeque<>(idle);
      idle.clear();
    }
    rest.forEach(OpenConnection::disconnect);
  }
}
