package io.qupersync.application.port;

import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which troubles are open, and who still has to be told of what; shared by all instances, kept
/// over restarts. The store's own clock decides when. Every method may throw [SyncFailure].
public interface IncidentStore {

  /// Opens an incident, of which its channel then has to be told. Does nothing while one of the
  /// same channel, job and kind is open: of many who try at once, one opens it.
  ///
  /// @return whether this call opened it
  boolean open(String channel, Alarm alarm);

  /// Ends an incident. If its channel was told of its beginning, or is being told, it has to be
  /// told of its end; if it was not, it need not be told of either. Does nothing to an incident
  /// that has ended.
  void close(Incident incident);

  /// Ends an incident of which nobody has to be told anything more.
  void drop(Incident incident);

  /// The open incidents of a channel, oldest first.
  List<Incident> listOpen(String channel);

  /// Takes the oldest message that is due for a channel. Nobody else gets it before `ttl` is over:
  /// by then it must be [#delivered] or [#postponed], or whoever took it has died.
  Optional<Message> take(String channel, Duration ttl);

  void delivered(Message message);

  /// The message could not be delivered, and is due again after the delay.
  void postponed(Message message, Duration delay);

  /// Something to tell: the beginning of an incident, or its end when it is over.
  ///
  /// @param attempt how often it has been tried, this time included
  record Message(Incident incident, int attempt) {}
}
