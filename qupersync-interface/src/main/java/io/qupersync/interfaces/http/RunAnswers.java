package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.schedule.TriggerResult;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.interfaces.http.view.RunView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// How the API answers whoever triggered a run: at once, or when it has ended.
final class RunAnswers {

  private static final JsonMapper JSON = ApiJson.mapper();
  private static final Duration MAX_PATIENCE = Duration.ofMinutes(5);

  private final RunListing lines;

  RunAnswers(RunListing lines) {
    this.lines = lines;
  }

  /// The parameter `wait`: how long the client waits for the run's end.
  static Duration patience(Context request) {
    return QueryParameters.of(request, "wait")
        .duration("wait")
        .map(RunAnswers::bounded)
        .orElse(Duration.ZERO);
  }

  private static Duration bounded(Duration patience) {
    if (patience.compareTo(MAX_PATIENCE) > 0) {
      throw Problem.ofField("wait", "must be 5m at most; ask for the run again and again instead")
          .refusal();
    }
    return patience;
  }

  /// The run, or a refusal that says why there is none.
  static TriggerResult.Started started(JobId job, TriggerResult triggerResult) {
    return switch (triggerResult) {
      case TriggerResult.Started started -> started;
      case TriggerResult.AlreadyRunning(RunId holder) ->
          throw alreadyRunning(job, holder).refusal();
      case TriggerResult.Refused(var kind, String reason) when kind == FailureKind.USAGE ->
          throw wrongEnds(reason).refusal();
      case TriggerResult.Refused(var kind, String reason) ->
          throw ProblemMapper.of(kind, reason).refusal();
    };
  }

  /// All that a request for a run can get wrong, once its body is read, are the ends of a backfill;
  /// the words are those of the command line.
  private static Problem wrongEnds(String reason) {
    String field = reason.startsWith("--to") ? "to" : "from";
    return Problem.ofField(
        field,
        reason
            .replaceAll("(^|, so | and | after )--(from|to|full)\\b", "$1'$2'")
            .replace("with --full", "with 'full'"));
  }

  static Problem alreadyRunning(JobId job, RunId holder) {
    return Problem.of(
            ProblemType.ALREADY_RUNNING,
            "job '%s' is already running: run %s; wait for its end, or cancel it"
                .formatted(job, holder))
        .withRun(holder);
  }

  /// Points at the run: 202, or 200 when the client was to wait and it has ended.
  ///
  /// @param end completes with the run, unless it was started by an earlier request
  void answer(Context request, RunId run, CompletableFuture<?> end, Duration patience) {
    AuditLog.note(request, "run=" + run);
    if (patience.isPositive() && line(run).completedAt().isEmpty()) {
      await(end, patience);
    }
    RunView line = line(run);
    boolean seenToEnd = patience.isPositive() && line.completedAt().isPresent();
    request.status(seenToEnd ? HttpStatus.OK : HttpStatus.ACCEPTED);
    request.header("Location", "/api/v1/runs/" + run);
    request.json(line);
  }

  /// Tells of all runs of one trigger: 202, or 200 when the client was to wait and they have ended.
  ///
  /// @param started what was told when they were started
  /// @param ends complete with the runs, unless they were started by an earlier request
  void answerAll(
      Context request, String started, List<CompletableFuture<?>> ends, Duration patience) {
    request.contentType("application/json");
    if (!patience.isPositive()) {
      request.status(HttpStatus.ACCEPTED).result(started);
      return;
    }
    await(CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)), patience);
    ObjectNode told = JSON.readTree(started).asObject();
    boolean haveAllEnded = true;
    for (JsonNode each : told.path("runs")) {
      if (each.has("run")) {
        RunView line = line(new RunId(each.path("run").longValue()));
        haveAllEnded &= line.completedAt().isPresent();
        each.asObject().put("status", line.status());
        line.error().ifPresent(error -> each.asObject().put("error", error));
      }
    }
    request.status(haveAllEnded ? HttpStatus.OK : HttpStatus.ACCEPTED);
    request.result(JSON.writeValueAsBytes(told));
  }

  private RunView line(RunId run) {
    return lines.find(run).orElseThrow(() -> PathParameters.noRun(run));
  }

  private static void await(CompletableFuture<?> end, Duration patience) {
    try {
      end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // the line says how far it is
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException _) {
      // the server stops: say what is known
      Thread.currentThread().interrupt();
    }
  }
}
