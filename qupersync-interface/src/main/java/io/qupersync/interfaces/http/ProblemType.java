package io.qupersync.interfaces.http;

import io.javalin.http.HttpStatus;
import java.util.Locale;

/// The kinds of problems there are. Their names are part of the API: clients tell them apart by
/// `type`, and `/docs/problems` explains each.
enum ProblemType {
  INVALID_REQUEST(
      HttpStatus.BAD_REQUEST,
      "The request is not valid",
      "A parameter, a header or a key of the body is unknown, missing or not what it must be. `field` names it."),
  UNAUTHORIZED(
      HttpStatus.UNAUTHORIZED,
      "A token is needed",
      "Send one of the tokens of the configuration's `server.tokens` as `Authorization: Bearer …`."),
  FORBIDDEN(
      HttpStatus.FORBIDDEN,
      "The token does not allow this",
      "A viewer reads; only an operator triggers and changes. Without tokens, only pages of this server and programs on this machine may call."),
  NOT_FOUND(
      HttpStatus.NOT_FOUND,
      "There is no such thing",
      "The path, the job or the run does not exist."),
  METHOD_NOT_ALLOWED(
      HttpStatus.METHOD_NOT_ALLOWED,
      "The method does not fit the path",
      "The header `Allow` names the methods that do."),
  ALREADY_RUNNING(
      HttpStatus.CONFLICT,
      "The job is already running",
      "A job runs once at a time, whoever started it. `run` is the run under way."),
  CONFLICT(
      HttpStatus.CONFLICT,
      "The present state is in the way",
      "What was asked for cannot be done now; `detail` says what is in the way."),
  PRECONDITION_FAILED(
      HttpStatus.PRECONDITION_FAILED,
      "It has changed meanwhile",
      "The `If-Match` header does not name the present state. Read it again, then decide again."),
  TOO_LARGE(
      HttpStatus.CONTENT_TOO_LARGE,
      "The request is too large",
      "A body may hold 64 KB, a request line and its headers 8 KB each."),
  UNSUPPORTED_MEDIA_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "The body is not JSON",
      "Send `Content-Type: application/json`."),
  NOT_POSSIBLE(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "It cannot be done to this job",
      "The request is well formed, but does not fit the job, its source or its target."),
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The idempotency key belongs to another request",
      "A key names one request for 24 hours. Take a new key for a new request."),
  TOO_MANY_REQUESTS(
      HttpStatus.TOO_MANY_REQUESTS,
      "Too many requests",
      "Wait as long as the header `Retry-After` says."),
  INTERNAL_ERROR(
      HttpStatus.INTERNAL_SERVER_ERROR,
      "QuperSync has a defect",
      "Please report it, with what the log says at this time."),
  DATABASE_REFUSED(
      HttpStatus.BAD_GATEWAY,
      "A database refused",
      "The source or the target answered, but would not do what the request needs; `detail` says why."),
  UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE,
      "It cannot be done at present",
      "A database cannot be reached, or the service is stopping. Try again after `Retry-After`.");

  private final HttpStatus status;
  private final String title;
  private final String advice;

  ProblemType(HttpStatus status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  HttpStatus status() {
    return status;
  }

  String title() {
    return title;
  }

  /// What it means and what to do.
  String advice() {
    return advice;
  }

  /// The fragment of its `type`.
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String uri() {
    return "/docs/problems#" + slug();
  }

  /// The type for a status that the server under the API decided on.
  static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 409 -> CONFLICT;
      case 412 -> PRECONDITION_FAILED;
      case 413, 414, 431 -> TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> UNAVAILABLE;
      default -> status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    };
  }
}
