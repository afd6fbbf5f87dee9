package io.qupersync.application.schedule;

import io.qupersync.application.port.IdempotencyKeys;
import io.qupersync.application.port.IdempotencyKeys.Claim;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// Does what is asked for under a key once, however often it is asked: the client that lost the
/// answer asks again and gets the same one.
public final class IdempotentRequests {

  private static final Duration KEPT = Duration.ofHours(24);

  /// Longer than starting all runs can take.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final IdempotencyKeys keys;

  public IdempotentRequests(IdempotencyKeys keys) {
    this.keys = keys;
  }

  /// How a request under a key ended.
  public sealed interface Result {

    /// It is done, now or the first time it was asked.
    ///
    /// @param answer what came of it, in the words of whoever did it
    record Done(String answer) implements Result {}

    /// The key belongs to another request.
    record OtherRequest() implements Result {}

    /// The same request is being done at this moment.
    record UnderWay() implements Result {}
  }

  /// @param request two requests that ask for the same have the same text
  /// @param action does it, and says what came of it; when it throws, nothing was done and the key
  ///   is free again
  /// @throws io.qupersync.application.port.SyncFailure when the keys cannot be asked
  public Result under(String caller, String key, String request, Supplier<String> action) {
    var claimed = new IdempotencyKeys.Key(caller, key);
    return switch (keys.claim(claimed, request, KEPT, PATIENCE)) {
      case Claim.Granted _ -> new Result.Done(doNow(claimed, action));
      case Claim.Taken(String theirs, Optional<String> answer) ->
          theirs.equals(request)
              ? answer.<Result>map(Result.Done::new).orElseGet(Result.UnderWay::new)
              : new Result.OtherRequest();
    };
  }

  private String doNow(IdempotencyKeys.Key key, Supplier<String> action) {
    boolean done = false;
    try {
      String answer = action.get();
      keys.answer(key, answer);
      done = true;
      return answer;
    } finally {
      if (!done) {
        keys.release(key);
      }
    }
  }
}
