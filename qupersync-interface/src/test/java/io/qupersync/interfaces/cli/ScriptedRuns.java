package io.qupersync.interfaces.cli;

import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Runs that end as a test says, and the command that starts them.
final class ScriptedRuns {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final InMemoryDatabase database = new InMemoryDatabase(clock);
  private final Map<String, Function<RunRequest, RunOutcome>> scripts = new LinkedHashMap<>();
  private final List<RunRequest> requests = new ArrayList<>();

  SettableClock clock() {
    return clock;
  }

  List<RunRequest> requests() {
    return requests;
  }

  void ends(String job, Function<RunRequest, RunOutcome> script) {
    scripts.put(job, script);
  }

  RunCommand command(Console console) {
    Stream<JobVariants> jobs =
        scripts.keySet().stream()
            .map(name -> JobVariants.same(JobFixture.aJob().named(name).build()));
    return new RunCommand(
        new JobRegistry(jobs.toList()),
        this::runScript,
        new RunQueries(database.runs()),
        console,
        clock);
  }

  private RunOutcome runScript(RunRequest request) {
    requests.add(request);
    return scripts.get(request.job().value()).apply(request);
  }

  /// A run that ends well and is in the run log.
  void endsWell(String job, RunTally tally, long millis) {
    scripts.put(
        job,
        request -> {
          RunId id = database.runs().nextId();
          Instant started = clock.instant();
          database
              .runs()
              .started(
                  SyncRun.starting(
                      id, request.job(), request.trigger(), started, Optional.empty()));
          clock.tick(Duration.ofMillis(millis));
          database.runs().finished(ended(request, id, started, tally));
          return new RunOutcome.Completed(id, tally, Optional.empty());
        });
  }

  private SyncRun ended(RunRequest request, RunId id, Instant started, RunTally tally) {
    return new SyncRun(
        id,
        request.job(),
        request.trigger(),
        RunStatus.SUCCESS,
        started,
        Optional.of(clock.instant()),
        tally,
        1,
        Optional.empty(),
        Optional.of("2026-03-02 07:59:59.123456"),
        Optional.empty());
  }

  static RunOutcome failed(FailureKind kind, String reason) {
    return new RunOutcome.Failed(Optional.empty(), kind, reason, RunTally.zero());
  }
}
