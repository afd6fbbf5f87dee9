package io.qupersync.interfaces.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.FatalErrors;
import io.qupersync.interfaces.text.HumanText;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Writes what went wrong as problem details. The one place where an exception becomes an answer.
final class ProblemMapper {

  static final String CONTENT_TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
  private static final String RETRY_SECONDS = "5";
  private static final Problem UNKNOWN_CHARSET =
      Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "send the body as UTF-8");
  private static final Problem DEFECT =
      Problem.of(
          ProblemType.INTERNAL_ERROR,
          "a defect in QuperSync, which the log describes; please report it");

  private final Function<Throwable, Optional<FailureKind>> kinds;
  private final JsonMapper json;

  /// @param kinds the kind of a failure whose message is meant for the user; empty for a defect
  ProblemMapper(Function<Throwable, Optional<FailureKind>> kinds, JsonMapper json) {
    this.kinds = kinds;
    this.json = json;
  }

  void addTo(RoutesConfig javalin) {
    javalin.exception(
        ProblemException.class,
        (problemException, answer) -> write(problemException.problem(), answer));
    javalin.exception(HttpResponseException.class, (refused, answer) -> write(of(refused), answer));
    // Javalin looks at the charset of a request before anybody reads its body
    javalin.exception(
        UnsupportedCharsetException.class, (_, answer) -> write(UNKNOWN_CHARSET, answer));
    javalin.exception(
        IllegalCharsetNameException.class, (_, answer) -> write(UNKNOWN_CHARSET, answer));
    javalin.exception(Exception.class, (failure, answer) -> write(of(failure, answer), answer));
  }

  private void write(Problem problem, Context answer) {
    problem.headers().forEach(answer::header);
    answer.status(problem.status());
    answer.contentType(CONTENT_TYPE);
    answer.result(json.writeValueAsString(problem.json()));
  }

  /// What the server under the API refused.
  private static Problem of(HttpResponseException refused) {
    HttpStatus status = HttpStatus.forStatus(refused.getStatus());
    String allowed = refused.getDetails().get("availableMethods");
    return switch (status) {
      case NOT_FOUND -> Problem.of(ProblemType.NOT_FOUND, "nothing is at this path; see /docs");
      case METHOD_NOT_ALLOWED ->
          Problem.of(ProblemType.METHOD_NOT_ALLOWED, "this path knows: " + allowed)
              .withHeader("Allow", String.valueOf(allowed));
      default -> Problem.ofStatus(status, HumanText.oneLine(String.valueOf(refused.getMessage())));
    };
  }

  private Problem of(Exception failure, Context request) {
    return kinds
        .apply(failure)
        .map(kind -> of(kind, String.valueOf(failure.getMessage())))
        .orElseGet(() -> defect(failure, request));
  }

  /// Of a database, or of what a job says of one: the message is for the user.
  static Problem of(FailureKind kind, String reason) {
    String message = HumanText.oneLine(reason);
    return switch (kind) {
      case UNREACHABLE, TIMEOUT ->
          Problem.of(ProblemType.UNAVAILABLE, message).withHeader("Retry-After", RETRY_SECONDS);
      case SOURCE, TARGET -> Problem.of(ProblemType.DATABASE_REFUSED, message);
      case DEFINITION, USAGE -> Problem.of(ProblemType.NOT_POSSIBLE, message);
      case LEASE_LOST, TOO_MANY_REJECTED, TOO_MANY_DELETES ->
          Problem.of(ProblemType.CONFLICT, message);
      case INTERNAL -> Problem.of(ProblemType.INTERNAL_ERROR, message);
    };
  }

  private static Problem defect(Exception failure, Context request) {
    FatalErrors.passOn(failure);
    LOG.error("{} {} met a defect", request.method(), request.path(), failure);
    return DEFECT;
  }
}
