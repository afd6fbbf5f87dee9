package io.qupersync.application.port;

import java.time.Duration;
import java.util.Optional;

/// Remembers which requests were made under which key, so that a request that is sent again,
/// because its answer was lost, is answered again and not done again. Shared by all instances; the
/// store's own clock decides what is old. Every method may throw [SyncFailure].
public interface IdempotencyKeys {

  /// Takes the key for a request, unless it is taken. Of several that ask at once one gets it.
  ///
  /// @param request says what is asked for; two requests that ask for the same have the same text
  /// @param keep how long an answer is remembered
  /// @param patience how long a claim without an answer holds: who made it has died since
  Claim claim(Key key, String request, Duration keep, Duration patience);

  /// Remembers what came of the request that holds the key.
  void answer(Key key, String answer);

  /// Forgets a claim without an answer: nothing was done, and the request may come again. Does
  /// nothing to one that has an answer.
  void release(Key key);

  /// @param caller whose key it is; another caller's key of the same text is another key
  record Key(String caller, String text) {}

  /// How asking for a key ended.
  sealed interface Claim {

    /// The request may be done now.
    record Granted() implements Claim {}

    /// The key belongs to a request.
    ///
    /// @param request what that request asked for
    /// @param answer empty while it is being done
    record Taken(String request, Optional<String> answer) implements Claim {}
  }
}
