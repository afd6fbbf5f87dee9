package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.JobPlan;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `plan`: what a run would do, were it to begin now. Touches nothing.
public final class PlanCommand {

  private final JobRegistry jobs;
  private final Function<JobVariants, JobPlan> plan;
  private final Console console;
  private final Failures failures;

  public PlanCommand(
      JobRegistry jobs, Function<JobVariants, JobPlan> plan, Console console, Failures failures) {
    this.jobs = jobs;
    this.plan = plan;
    this.console = console;
    this.failures = failures;
  }

  /// Plans what can be planned, and tells of each job that cannot. A database that cannot be
  /// reached ends it: the next job would only wait for it again.
  ///
  /// @throws WrongUsage when a job is unknown
  public ExitCode execute(Command.Plan command) {
    var plans = new ArrayList<PlanText>();
    var codes = new ArrayList<ExitCode>();
    for (JobVariants job : new JobSelection(jobs).of(command.jobs())) {
      try {
        plans.add(new PlanText(plan.apply(job)));
      } catch (RuntimeException failure) {
        codes.add(failures.report(job.id() + ": ", failure));
      }
      if (codes.contains(ExitCode.UNREACHABLE)) {
        break;
      }
    }
    print(plans);
    return ExitCode.worst(codes);
  }

  private void print(List<PlanText> plans) {
    if (console.json()) {
      List<Map<String, @Nullable Object>> json = plans.stream().map(PlanText::json).toList();
      console.resultAsJson(json);
      return;
    }
    plans.forEach(view -> console.result(view.text(console)));
    List<String> checked = plans.stream().flatMap(view -> view.checked().stream()).toList();
    if (!checked.isEmpty()) {
      console.result("checked at write: " + String.join("; ", checked));
    }
    List<String> losses = plans.stream().flatMap(view -> view.losses().stream()).toList();
    if (!losses.isEmpty()) {
      console.result("lossy conversions: " + String.join("; ", losses));
    } else if (!plans.isEmpty() && checked.isEmpty()) {
      console.result("no lossy conversions");
    }
    plans.forEach(
        view -> view.warnings().forEach(warning -> console.result(view.job() + ": " + warning)));
  }
}
