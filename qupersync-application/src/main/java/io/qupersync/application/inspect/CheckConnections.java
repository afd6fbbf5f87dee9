package io.qupersync.application.inspect;

import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.SourceProbe;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TargetProbe;
import io.qupersync.application.sync.MappingPreparation;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Connects to both databases and asks whether every job could run.
public final class CheckConnections {

  private final RowSource source;
  private final SourceProbe sourceProbe;
  private final RowTarget target;
  private final TargetProbe targetProbe;
  private final MappingPreparation mappingPreparation;

  public CheckConnections(
      RowSource source, SourceProbe sourceProbe, RowTarget target, TargetProbe targetProbe) {
    this.source = source;
    this.sourceProbe = sourceProbe;
    this.target = target;
    this.targetProbe = targetProbe;
    this.mappingPreparation = new MappingPreparation(source, target);
  }

  /// Whether one thing is as it must be.
  ///
  /// @param detail what was found, or what is wrong and what to do
  public record Finding(String subject, Verdict verdict, String detail) {}

  /// How a check ended.
  public enum Verdict {
    OK,
    /// It works, and may not do what is wanted.
    WARNING,
    PROBLEM,
    /// The job says what can never be right.
    MISCONFIGURED,
    UNREACHABLE
  }

  /// Never throws for a database's sake: what is wrong is a finding.
  public List<Finding> check(List<JobVariants> jobs) {
    var findings = new ArrayList<Finding>();
    Finding reachableSource = look("source", () -> described(sourceProbe.probe()));
    findings.add(reachableSource);
    Finding reachableTarget = look("target", () -> described(targetProbe.probe()));
    findings.add(reachableTarget);
    Set<JobId> described = new HashSet<>();
    Optional<Flavor> known =
        reachableSource.verdict() == Verdict.OK
            ? checkSource(jobs, findings, described)
            : Optional.empty();
    if (reachableTarget.verdict() == Verdict.OK) {
      risk("target user", targetProbe::riskOfUser).ifPresent(findings::add);
      findings.add(obstacle("state", targetProbe::obstacleToState));
      for (JobVariants job : jobs) {
        for (TableRef table : tables(job, known)) {
          findings.add(writes(job, table, described.contains(job.id())));
          risk(writingOf(job.id(), table), () -> targetProbe.riskOf(table))
              .ifPresent(findings::add);
        }
      }
    }
    return List.copyOf(findings);
  }

  /// What stops a run before its first row stops it here: missing privileges, and a mapping or a
  /// table that cannot be, which is told beside them.
  private Finding writes(JobVariants job, TableRef table, boolean described) {
    String subject = writingOf(job.id(), table);
    Finding allowed = obstacle(subject, () -> targetProbe.obstacleTo(table));
    if (!described || allowed.verdict() == Verdict.UNREACHABLE) {
      return allowed;
    }
    Finding fits =
        look(
            subject,
            () -> {
              List<String> _ = target.changesFor(mappingPreparation.of(job));
              return allowed.detail();
            });
    if (fits.verdict() == Verdict.OK || allowed.verdict() == Verdict.OK) {
      return allowed.verdict() == Verdict.OK ? fits : allowed;
    }
    return new Finding(subject, fits.verdict(), allowed.detail() + "; " + fits.detail());
  }

  private static String writingOf(JobId job, TableRef table) {
    return job + " writes " + table;
  }

  private static Optional<Finding> risk(String subject, Supplier<Optional<String>> question) {
    try {
      return question.get().map(what -> new Finding(subject, Verdict.WARNING, what));
    } catch (SyncFailure failure) {
      return Optional.of(failed(subject, failure));
    }
  }

  private static String readingOf(JobId job) {
    return job + " reads";
  }

  /// Of both its shapes, when it is not known which of them counts.
  private static List<TableRef> tables(JobVariants job, Optional<Flavor> known) {
    return known.map(List::of).orElseGet(() -> List.of(Flavor.values())).stream()
        .map(flavor -> job.on(flavor).destination().table())
        .distinct()
        .toList();
  }

  /// @param described takes the jobs whose source's columns are known
  /// @return the source's flavor, unless it could not be found out
  private Optional<Flavor> checkSource(
      List<JobVariants> jobs, List<Finding> findings, Set<JobId> described) {
    Finding flavor =
        look("source flavor", () -> source.flavor().toString().toLowerCase(Locale.ROOT));
    findings.add(flavor);
    if (flavor.verdict() != Verdict.OK) {
      return Optional.empty();
    }
    Flavor known = source.flavor();
    for (JobVariants job : jobs) {
      SyncJob shape = job.on(known);
      findings.add(reads(shape, described));
    }
    if (jobs.stream().anyMatch(job -> job.on(known).extraction().builtIn().isPresent())) {
      findings.add(seen());
    }
    jobs.stream()
        .map(job -> job.on(known))
        .filter(CheckConnections::asksForTransactions)
        .findFirst()
        .ifPresent(job -> findings.add(look("open transactions", () -> told(job))));
    return Optional.of(known);
  }

  /// Nothing is refused to a user who sees only what he did himself.
  private Finding seen() {
    Finding seen =
        look(
            "source logs",
            () -> sourceProbe.hiddenRows().orElse("the user sees what other users did"));
    return seen.verdict() == Verdict.OK && !seen.detail().startsWith("the user sees what")
        ? new Finding(seen.subject(), Verdict.WARNING, seen.detail())
        : seen;
  }

  private static boolean asksForTransactions(SyncJob job) {
    return job.extraction().watermark().filter(rule -> !rule.holdBackMax().isZero()).isPresent();
  }

  private String told(SyncJob job) {
    return switch (source.moment(job).open()) {
      case OpenTransactions.None _, OpenTransactions.Oldest _ ->
          "the source tells them: watermarks of a time type stay below the oldest";
      case OpenTransactions.CannotTell(String why) ->
          "the source does not tell them (%s): lookback must be longer than any transaction that writes what a job reads"
              .formatted(why);
    };
  }

  /// The server describes what it would not let this user read, so that is asked beside.
  private Finding reads(SyncJob job, Set<JobId> described) {
    String subject = readingOf(job.id());
    try {
      TableShape shape = source.shapeOf(job);
      described.add(job.id());
      List<String> unfit = WatermarkFit.problems(job, shape);
      Optional<String> obstacle = sourceProbe.obstacleTo(job, shape);
      if (unfit.isEmpty() && obstacle.isEmpty()) {
        return new Finding(subject, Verdict.OK, shape.columns().size() + " columns");
      }
      return new Finding(
          subject,
          unfit.isEmpty() ? Verdict.PROBLEM : Verdict.MISCONFIGURED,
          Stream.concat(unfit.stream(), obstacle.stream()).collect(Collectors.joining("; ")));
    } catch (SyncFailure failure) {
      return failed(subject, failure);
    }
  }

  private static String described(Probed probed) {
    return "%s as %s, %s"
        .formatted(
            probed.version(), probed.user(), probed.encrypted() ? "encrypted" : "not encrypted");
  }

  private static Finding look(String subject, Supplier<String> question) {
    try {
      return new Finding(subject, Verdict.OK, question.get());
    } catch (SyncFailure failure) {
      return failed(subject, failure);
    }
  }

  private static Finding failed(String subject, SyncFailure failure) {
    Verdict verdict =
        switch (failure.kind()) {
          case UNREACHABLE -> Verdict.UNREACHABLE;
          case USAGE -> Verdict.MISCONFIGURED;
          default -> Verdict.PROBLEM;
        };
    return new Finding(subject, verdict, String.valueOf(failure.getMessage()));
  }

  private static Finding obstacle(String subject, Supplier<Optional<String>> question) {
    try {
      return question
          .get()
          .map(what -> new Finding(subject, Verdict.PROBLEM, what))
          .orElseGet(() -> new Finding(subject, Verdict.OK, "allowed"));
    } catch (SyncFailure failure) {
      return failed(subject, failure);
    }
  }
}
