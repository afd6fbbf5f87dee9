package io.qupersync.application.sync;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.util.List;

/// Tries the dead letters of a job again, as a run of that job: a letter whose row is written, or
/// overtaken by a newer row, is gone; one that is refused again stays, and so does one of which
/// nobody can tell whether the target's row is newer.
public final class ReplayDeadLetters {

  private static final int PAGE = 1000;

  private final JobRegistry jobs;
  private final SyncPorts ports;
  private final LeasedRuns runs;
  private final DeadLetterBox letters;
  private final TargetReader reader;
  private final Mappings mappings;

  public ReplayDeadLetters(
      JobRegistry jobs,
      SyncPorts ports,
      LeasedRuns runs,
      DeadLetterBox letters,
      TargetReader reader) {
    this.jobs = jobs;
    this.ports = ports;
    this.runs = runs;
    this.letters = letters;
    this.reader = reader;
    this.mappings = new Mappings(ports.source(), ports.target());
  }

  /// What goes wrong is an outcome, not an exception. In its tally, `extracted` counts the letters
  /// read, `skipped` those that stay, and `unchanged` includes those whose row has been overtaken.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public RunOutcome replay(RunRequest request) {
    FlavoredJob job =
        jobs.find(request.job())
            .orElseThrow(
                () -> new IllegalArgumentException("no job '%s'".formatted(request.job())));
    return runs.run(job, request, run -> replay(run, job));
  }

  private RunOutcome.Completed replay(RunContext run, FlavoredJob job) {
    TableMapping mapping = mappings.of(job);
    ports.target().prepare(mapping);
    try (Load load = ports.target().begin(mapping, run.lease())) {
      long step = 1;
      List<DeadLetter> page = letters.list(job.id(), 0, PAGE);
      while (!page.isEmpty()) {
        List<DeadLetter> open = untried(page, run);
        while (!open.isEmpty()) {
          LetterBatch batch = LetterTrial.of(open, mapping, reader);
          RunTally result = load.commit(batch.rows(), batch.step(step++));
          run.progress().committed(mapping, batch.rows(), result.plus(batch.others()));
          run.report(to -> to.progressed(run.job(), run.id(), run.progress().tally()));
          open = batch.again();
        }
        page = letters.list(job.id(), page.getLast().id(), PAGE);
      }
    }
    return new RunOutcome.Completed(
        run.id(), run.progress().tally(), ports.progress().load(run.job()).watermark());
  }

  /// A row that the target refuses again comes back as a letter of this very run.
  private static List<DeadLetter> untried(List<DeadLetter> page, RunContext run) {
    return page.stream().filter(letter -> !letter.lastRun().equals(run.id())).toList();
  }
}
