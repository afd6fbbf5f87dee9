package io.qupersync.interfaces.http;

import io.javalin.http.HttpStatus;
import io.qupersync.domain.run.RunId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Why a request was not fulfilled, for the one who made it; see RFC 9457.
///
/// @param detail one line: what is wrong and what to do
/// @param field the parameter or the key of the body that is wrong, where one is
/// @param run the run that is in the way, where one is
/// @param headers of the answer
record Problem(
    ProblemType type,
    HttpStatus status,
    String detail,
    Optional<String> field,
    Optional<RunId> run,
    Map<String, String> headers) {

  Problem {
    headers = Map.copyOf(headers);
  }

  static Problem of(ProblemType type, String detail) {
    return new Problem(type, type.status(), detail, Optional.empty(), Optional.empty(), Map.of());
  }

  /// For a refusal of the server under the API, which has chosen the status.
  static Problem ofStatus(HttpStatus status, String detail) {
    var type = ProblemType.ofStatus(status.getCode());
    return new Problem(type, status, detail, Optional.empty(), Optional.empty(), Map.of());
  }

  static Problem ofField(String field, String detail) {
    return of(ProblemType.INVALID_REQUEST, detail).withField(field);
  }

  static Problem noDuration(String field) {
    return ofField(field, "must be a duration such as 30s, 5m or 1h30m");
  }

  Problem withField(String name) {
    return new Problem(type, status, detail, Optional.of(name), run, headers);
  }

  Problem withRun(RunId holder) {
    return new Problem(type, status, detail, field, Optional.of(holder), headers);
  }

  Problem withHeader(String name, String value) {
    return new Problem(type, status, detail, field, run, Map.of(name, value));
  }

  /// The members of its JSON; what is not known is left out.
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("type", type.uri());
    json.put("title", type.title());
    json.put("status", status.getCode());
    json.put("detail", detail);
    field.ifPresent(name -> json.put("field", name));
    run.ifPresent(holder -> json.put("run", holder.value()));
    return json;
  }

  /// To be thrown by a route; written by [ProblemMapper].
  ProblemException refusal() {
    return new ProblemException(this);
  }
}
