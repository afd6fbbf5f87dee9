package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.inspect.Readiness;
import io.qupersync.application.inspect.Readiness.Databases;
import io.qupersync.application.query.TargetCalls;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.interfaces.http.view.DatabasesView;
import io.qupersync.interfaces.http.view.JobsView;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers what lies in the target, and says of when it is and whether both databases are there:
/// while the target is away, the answer is what was last known of it.
public final class TargetAnswers {

  private static final JsonMapper JSON = ApiJson.mapper();

  private final TargetCalls target;
  private final Readiness readiness;

  public TargetAnswers(TargetCalls target, Readiness readiness) {
    this.target = target;
    this.readiness = readiness;
  }

  /// @param known what is told while the target does not answer
  <T> Told<T> read(Supplier<T> live, Supplier<Optional<Told<T>>> known) {
    return target.read(live, known);
  }

  /// Of what nothing is kept: it is refused while the target does not answer.
  <T> T read(Supplier<T> live) {
    return target.read(live);
  }

  /// Of what lies in the source as well.
  <T> T readBoth(Supplier<T> live) {
    readiness.requireSource();
    return target.read(live);
  }

  /// Refused at once while the target is away.
  <T> T change(Supplier<T> change) {
    return target.change(change);
  }

  void changeOnly(Runnable change) {
    boolean _ =
        target.change(() -> {
          change.run();
          return true;
        });
  }

  Databases states() {
    return readiness.databases();
  }

  DatabasesView databases() {
    return DatabasesView.of(states());
  }

  /// Sends an object with the moment of which it tells, and how the databases stand.
  void answer(Context request, Object view, Instant asOf) {
    request.contentType("application/json").result(json(view, asOf));
  }

  byte[] json(Object view, Instant asOf) {
    ObjectNode object = JSON.valueToTree(view);
    object.set("as_of", JSON.valueToTree(asOf));
    object.set("databases", JSON.valueToTree(databases()));
    return JSON.writeValueAsBytes(object);
  }

  /// The same as [#answer], job by job: the whole is never in memory.
  void write(OutputStream out, JobsView view, Instant asOf) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeName("jobs");
      json.writeStartArray();
      view.jobs().forEach(json::writePOJO);
      json.writeEndArray();
      json.writeName("next");
      json.writePOJO(view.next());
      json.writeName("as_of");
      json.writePOJO(asOf);
      json.writeName("databases");
      json.writePOJO(databases());
      json.writeEndObject();
    }
  }
}
