package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore.Basis;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.TargetRow;
import io.qupersync.application.port.TargetSnapshot;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.Fingerprint.Change;
import io.qupersync.domain.progress.Fingerprint.Item;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.ShellCommand;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a run from going on from a watermark that was made for something else: another source,
/// extraction, watermark column, key or target, or a target that has lost its rows since. Jobs
/// without a watermark read everything at every run and have nothing to lose by this.
final class WatermarkOrigins {

  private static final Logger LOG = LoggerFactory.getLogger(WatermarkOrigins.class);
  private static final int RECENT_RUNS = 100;

  private final SyncPorts ports;
  private final InstancesDefinitions definitions;

  /// @param owner the name of this instance
  WatermarkOrigins(SyncPorts ports, String owner, InstantSource clock) {
    this.ports = ports;
    this.definitions = new InstancesDefinitions(owner, clock);
  }

  /// To be called before the target is changed in any way.
  ///
  /// @throws PermanentFailure of kind `DEFINITION` when an ordinary run would miss rows, or undo
  ///   what another instance has written since by another definition
  void check(RunContext run, TableMapping mapping, TargetSnapshot target) {
    definitions.check(run, mapping.job(), fingerprint(mapping, target.identity()));
    JobProgress known = run.progress().known();
    if (mapping.watermark().isEmpty() || !known.goesOn()) {
      return;
    }
    Fingerprint now = fingerprint(mapping, target.identity());
    List<Change> changes =
        known.origin().map(origin -> now.changesSince(origin.fingerprint())).orElse(List.of());
    boolean sameTable = changes.stream().noneMatch(change -> isOfTarget(change.item()));
    Optional<String> lost = sameTable ? lost(run, mapping, now) : Optional.empty();
    if (changes.isEmpty() && lost.isEmpty()) {
      return;
    }
    run.progress().startsAnew();
    if (run.scope() instanceof RunRequest.Scope.Ordinary) {
      throw new PermanentFailure(FailureKind.DEFINITION, stopped(run, mapping, changes, lost));
    }
  }

  private static boolean isOfTarget(Item item) {
    return item == Item.TARGET || item == Item.TABLE;
  }

  /// To be called when the target is prepared, and before the first row.
  void begin(RunContext run, TableMapping mapping, TargetSnapshot target) {
    Fingerprint now = fingerprint(mapping, target.identity());
    JobProgress known = run.progress().known();
    definitions.begin(run, now);
    if (mapping.watermark().isEmpty()) {
      if (!known.goesOn()) {
        run.progress().isMadeFor(now);
      }
      return;
    }
    run.progress().isMadeFor(now);
    Optional<Fingerprint> before = known.origin().map(WatermarkOrigin::fingerprint);
    if (run.scope() instanceof RunRequest.Scope.Ordinary && !before.equals(Optional.of(now))) {
      ports.progress().adopt(run.lease(), now);
      if (known.goesOn()) {
        LOG.info(
            before.isEmpty()
                ? "the watermark was left by an older version, and is taken to be made for this: {}"
                : "the definition has changed in a way that misses no row; the watermark is made for this now: {}",
            now.items());
      }
    }
  }

  /// To be called when all is written, before the watermark moves. A row that was corrected at the
  /// source may be the newest no more: where the run itself has set back the one that is
  /// remembered, and knows none as new, it remembers that one as it is now.
  void settle(RunContext run, TableMapping mapping) {
    RunProgress progress = run.progress();
    boolean remembersAnother =
        !(run.scope() instanceof RunRequest.Scope.Backfill) && progress.topRow().isPresent();
    if (mapping.watermark().isEmpty()
        || progress.isAnew()
        || remembersAnother
        || progress.tally().updated() == 0) {
      return;
    }
    progress
        .witness()
        .filter(known -> ports.target().find(mapping, known).isEmpty())
        .flatMap(known -> ports.target().find(mapping, new Witness(known.key(), Optional.empty())))
        .ifPresent(setBack -> {
          progress.witnessedBy(setBack);
          ports.progress().witnessed(run.lease(), setBack);
        });
  }

  /// To be called when the run has ended well, and the state says so.
  void ended(RunContext run) {
    run.progress().fingerprint().ifPresent(now -> definitions.ended(run, now));
  }

  /// What is to be remembered when the run has ended well.
  static Optional<Basis> basis(RunContext run, TableMapping mapping) {
    RunProgress progress = run.progress();
    return progress
        .fingerprint()
        .map(made ->
            new Basis(
                made,
                progress.topRow().map(key -> new TargetRow(mapping, key)),
                progress.isAnew() ? Optional.empty() : progress.witness(),
                progress.isAnew(),
                mayBeEmpty(progress)));
  }

  /// A full run of which no row came is the last word, too.
  private static boolean mayBeEmpty(RunProgress progress) {
    return progress.isAnew()
        || progress.known().origin().map(WatermarkOrigin::byHand).orElse(false);
  }

  private Fingerprint fingerprint(TableMapping mapping, Optional<String> table) {
    return Fingerprints.of(mapping, ports.source().place(), table);
  }

  /// Why the target no longer has what the watermark stands for. Once found, it is remembered: rows
  /// that a full run or a backfill writes before it fails must not hide it.
  private Optional<String> lost(RunContext run, TableMapping mapping, Fingerprint now) {
    JobProgress known = run.progress().known();
    Optional<String> remembered = known.origin().flatMap(WatermarkOrigin::lost);
    if (remembered.isPresent()) {
      return remembered;
    }
    Optional<String> found = look(run, mapping, now);
    if (found.isPresent()) {
      if (known.origin().isEmpty()) {
        ports.progress().adopt(run.lease(), now);
      }
      ports.progress().lost(run.lease(), found.get());
    }
    return found;
  }

  private Optional<String> look(RunContext run, TableMapping mapping, Fingerprint now) {
    JobProgress known = run.progress().known();
    Optional<WatermarkOrigin> origin = known.origin();
    String table = mapping.job().destination().table().toString();
    if (now.of(Item.TABLE).isEmpty()) {
      boolean wasThere =
          origin
              .map(before -> before.fingerprint().of(Item.TABLE).isPresent())
              .orElseGet(() -> known.lastSync().isPresent() || known.checkpoint().isPresent());
      return wasThere ? Optional.of("the table %s is gone".formatted(table)) : Optional.empty();
    }
    Optional<Witness> witness = origin.flatMap(WatermarkOrigin::witness);
    if (witness.isPresent()) {
      Optional<Witness> recent = ports.target().find(mapping, witness.get());
      recent.ifPresent(run.progress()::witnessedBy);
      return recent.isPresent() ? Optional.empty() : Optional.of(older(mapping, table));
    }
    boolean mayBeEmpty = origin.map(WatermarkOrigin::byHand).orElse(false);
    return !mayBeEmpty && !ports.target().holdsRow(mapping) && rowsWereWritten(run)
        ? Optional.of(empty(table))
        : Optional.empty();
  }

  private String older(TableMapping mapping, String table) {
    return ports.target().holdsRow(mapping)
        ? "%s lacks the newest row that an earlier run wrote, and has none as new: it was restored to an older state, or rows were deleted"
            .formatted(table)
        : empty(table);
  }

  private static String empty(String table) {
    return "%s is empty, and earlier runs wrote rows to it".formatted(table);
  }

  private boolean rowsWereWritten(RunContext run) {
    var ofTheJob =
        new RunLog.Filter(Optional.of(run.job()), Optional.empty(), Optional.empty(), RECENT_RUNS);
    return ports.runs().list(ofTheJob).stream()
        .map(earlier -> earlier.tally())
        .anyMatch(WatermarkOrigins::left);
  }

  private static boolean left(RunTally tally) {
    return tally.upserted() + tally.unchanged() > 0;
  }

  /// A value of another kind cannot be kept.
  private static String goesOn(RunContext run, TableMapping mapping) {
    JobId job = run.job();
    boolean fits =
        mapping.watermark().stream()
            .allMatch(reader ->
                run.progress().known().watermark().stream()
                    .allMatch(known -> Progress.fits(known, reader)));
    return fits
        ? "%s goes on from the watermark if nothing is missed by it"
            .formatted(ShellCommand.of("watermark", "keep", job.value()))
        : "%s goes on from a value of the column's new type"
            .formatted(ShellCommand.of("watermark", "set", job.value(), "VALUE"));
  }

  private static String stopped(
      RunContext run, TableMapping mapping, List<Change> changes, Optional<String> lost) {
    JobId job = run.job();
    String by =
        run.progress()
            .known()
            .origin()
            .flatMap(WatermarkOrigin::by)
            .map(" by instance "::concat)
            .orElse("");
    String changed = changes.stream().map(FingerprintWords::of).collect(Collectors.joining("; "));
    String why =
        Stream.concat(
                changes.isEmpty()
                    ? Stream.empty()
                    : Stream.of(
                        "its watermark was made for something else%s (%s)".formatted(by, changed)),
                lost.stream())
            .collect(Collectors.joining("; and "));
    return "job '%s' would miss rows, and has read none: %s. %s copies everything again, %s begins as the first run did, %s"
        .formatted(
            job,
            why,
            ShellCommand.of("run", job.value(), "--full"),
            ShellCommand.of("watermark", "reset", job.value()),
            goesOn(run, mapping));
  }
}
