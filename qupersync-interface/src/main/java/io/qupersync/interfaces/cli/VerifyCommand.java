package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.RepairJob.Repaired;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// `verify`: whether source and target hold the same rows; with `--repair`, makes them so.
public final class VerifyCommand {

  private static final int EXAMPLES = 10;

  private final JobRegistry jobs;
  private final Function<JobVariants, Repaired> verify;
  private final Function<JobVariants, Repaired> repair;
  private final Console console;
  private final Failures failures;

  /// @param verify compares and changes nothing
  /// @param repair compares, copies what differs, and compares again
  public VerifyCommand(
      JobRegistry jobs,
      Function<JobVariants, Repaired> verify,
      Function<JobVariants, Repaired> repair,
      Console console,
      Failures failures) {
    this.jobs = jobs;
    this.verify = verify;
    this.repair = repair;
    this.console = console;
    this.failures = failures;
  }

  /// Verifies what can be verified, and tells of each job that cannot. A database that cannot be
  /// reached ends it.
  ///
  /// @param prepare what must be done before anything is changed
  /// @throws WrongUsage when a job is unknown
  public ExitCode execute(Command.Verify command, Runnable prepare) {
    List<JobVariants> chosen = new JobSelection(jobs).of(command.jobs());
    if (command.repair()) {
      prepare.run();
    }
    var views = new ArrayList<VerifyView>();
    var codes = new ArrayList<ExitCode>();
    for (JobVariants job : chosen) {
      verified(job, command.repair() ? repair : verify, codes).ifPresent(views::add);
      if (codes.contains(ExitCode.UNREACHABLE)) {
        break;
      }
    }
    print(views);
    return ExitCode.worst(codes);
  }

  private Optional<VerifyView> verified(
      JobVariants job, Function<JobVariants, Repaired> work, List<ExitCode> codes) {
    try {
      var view = new VerifyView(InterruptibleCall.call("verify", () -> work.apply(job)));
      codes.add(view.exitCode());
      return Optional.of(view);
    } catch (RuntimeException failure) {
      codes.add(failures.report(job.id() + ": ", failure));
      return Optional.empty();
    }
  }

  private void print(List<VerifyView> views) {
    if (console.json()) {
      console.resultAsJson(views.stream().map(VerifyView::json).toList());
      return;
    }
    if (!views.isEmpty()) {
      Table table = VerifyView.table();
      views.forEach(view -> table.row(view.cells()));
      console.result(table);
    }
    views.forEach(view -> view.remarks(EXAMPLES).forEach(console::result));
  }
}
