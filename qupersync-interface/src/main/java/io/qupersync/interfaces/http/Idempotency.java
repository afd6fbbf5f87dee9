package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.schedule.IdempotentRequests;
import io.qupersync.application.schedule.IdempotentRequests.Result;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The header `Idempotency-Key`: a request that is sent again, because its answer was lost, is
/// answered again and not done again.
///
/// @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
///   header</a>
final class Idempotency {

  private static final String HEADER = "Idempotency-Key";
  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final IdempotentRequests once;

  Idempotency(IdempotentRequests once) {
    this.once = once;
  }

  /// Does it, unless it was done before under the request's key.
  ///
  /// @param wish what is asked for, beside the path
  /// @param action what came of it, as a text; a [ProblemException] leaves the key free
  /// @return what came of it, now or the first time
  String under(Context request, String wish, Supplier<String> action) {
    Optional<String> key = Optional.ofNullable(request.header(HEADER));
    return key.map(text -> under(text, request, wish, action)).orElseGet(action);
  }

  private String under(String key, Context request, String wish, Supplier<String> action) {
    if (!VALID.matcher(key).matches()) {
      throw Problem.ofField(HEADER, "must be 1 to 255 visible ASCII characters without blanks")
          .refusal();
    }
    String asked = "%s %s %s".formatted(request.method(), request.path(), wish);
    Result result = once.under(Gatekeeper.callerOf(request).name(), key, asked, action);
    return switch (result) {
      case Result.Done(String answer) -> answer;
      case Result.OtherRequest _ ->
          throw Problem.of(
                  ProblemType.IDEMPOTENCY_KEY_REUSED,
                  "this key named another request in the last 24 hours; take a new one")
              .withField(HEADER)
              .refusal();
      case Result.UnderWay _ ->
          throw Problem.of(
                  ProblemType.CONFLICT, "the request of this key is being done at this moment")
              .withHeader("Retry-After", "1")
              .refusal();
    };
  }
}
