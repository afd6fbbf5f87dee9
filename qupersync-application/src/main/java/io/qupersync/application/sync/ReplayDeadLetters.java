package io.qupersync.application.sync;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.util.List;
import java.util.function.Consumer;

/// Tries the dead letters of a job again, as a run of that job: a letter whose row is written, or
/// overtaken by a newer row, is gone; one that is refused again stays. Where no watermark tells
/// which row is newer, the source is asked whether it still has the letter's; a letter stays of
/// which the source cannot tell either.
public final class ReplayDeadLetters {

  private static final int PAGE = 1000;

  private final JobDefinitions jobs;
  private final SyncPorts ports;
  private final LeasedRuns runs;
  private final DeadLetterBox letters;
  private final TargetReader reader;
  private final SourceLookup lookup;
  private final MappingPreparation mappingPreparation;

  public ReplayDeadLetters(
      JobDefinitions jobs,
      SyncPorts ports,
      LeasedRuns runs,
      DeadLetterBox letters,
      TargetReader reader,
      SourceLookup lookup) {
    this.jobs = jobs;
    this.ports = ports;
    this.runs = runs;
    this.letters = letters;
    this.reader = reader;
    this.lookup = lookup;
    this.mappingPreparation = new MappingPreparation(ports.source(), ports.target());
  }

  /// What goes wrong is an outcome, not an exception. In its tally, `extracted` counts the letters
  /// read, `skipped` those that stay, and `unchanged` includes those whose row has been overtaken.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public RunOutcome replay(RunRequest request) {
    return replay(request, _ -> {});
  }

  /// The same, for one who must know which run this is while it goes on.
  ///
  /// @param begun hears of the run once it is in the run log; not at all when there is none
  public RunOutcome replay(RunRequest request, Consumer<RunId> begun) {
    JobVariants job = jobs.require(request.job());
    return runs.run(job, request, begun, run -> replay(run, job));
  }

  private RunOutcome.Completed replay(RunContext run, JobVariants job) {
    MappingPreparation.Prepared prepared = mappingPreparation.prepare(job);
    TableMapping mapping = prepared.mapping();
    var source = new SourceRowStatus(lookup, mapping);
    try (Load load = prepared.begin(run.lease())) {
      long step = 0;
      List<DeadLetter> page = letters.list(job.id(), 0, PAGE);
      while (!page.isEmpty()) {
        List<DeadLetter> open = untried(page, run);
        if (!open.isEmpty()) {
          ReplayBatch batch = DeadLetterReplay.of(open, mapping, reader, source);
          RunTally result = load.commit(batch.rows(), batch.step(step + 1).following(step));
          step++;
          run.progress().committed(mapping, batch.rows(), result.plus(batch.others()));
          run.report(to -> to.progressed(run.job(), run.id(), run.progress().tally()));
        }
        page = letters.list(job.id(), page.getLast().id(), PAGE);
      }
      if (step > 0) {
        load.confirm(step);
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
