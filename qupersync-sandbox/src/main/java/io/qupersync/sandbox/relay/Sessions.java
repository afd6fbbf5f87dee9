package io.qupersync.sandbox.relay;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The connections a relay serves at present.
final class Sessions {
  private final Set<Session> present = ConcurrentHashMap.newKeySet();

  Set<Session> all() {
    return present;
  }

  /// Serves a client on a thread of its own, until it leaves. A thread of the system: a virtual one
  /// is woken by two others, and a round trip cost 105 µs of processor time instead of 40.
  void start(Session session, String name) {
    present.add(session);
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            session.serve();
          } finally {
            present.remove(session);
          }
        });
  }

  void closeAll() {
    present.forEach(Session::close);
  }
}
