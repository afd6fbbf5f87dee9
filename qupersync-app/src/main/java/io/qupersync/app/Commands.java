package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.ConfigurationLoader;
import io.qupersync.app.config.JobsInHeap;
import io.qupersync.app.config.LoadResult;
import io.qupersync.app.config.document.ConfigProblem;
import io.qupersync.app.demo.BenchReport;
import io.qupersync.app.demo.Demo;
import io.qupersync.app.demo.DrillReport;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.LateCommits;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunObservers;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.ConfigurationProblem;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.interfaces.cli.Failures;
import io.qupersync.interfaces.cli.GlobalOptions;
import io.qupersync.interfaces.cli.JobChoice;
import io.qupersync.interfaces.cli.JobsCommand;
import io.qupersync.interfaces.cli.MigrateCommand;
import io.qupersync.interfaces.cli.PlanCommand;
import io.qupersync.interfaces.cli.ProgressDisplay;
import io.qupersync.interfaces.cli.RunCommand;
import io.qupersync.interfaces.cli.RunsCommand;
import io.qupersync.interfaces.cli.StatusCommand;
import io.qupersync.interfaces.cli.ValidateReport;
import io.qupersync.interfaces.cli.VersionCommand;
import io.qupersync.interfaces.cli.WatermarkShowCommand;
import io.qupersync.interfaces.http.AddressTaken;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each command what it needs, and no more: what the file says, then what is wired from it.
final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private final Console console;
  private final Failures failures;
  private final InstantSource clock;
  private final Environment surroundings;
  private List<String> warnings = List.of();

  Commands(Console console, Failures failures, InstantSource clock, Environment surroundings) {
    this.console = console;
    this.failures = failures;
    this.clock = clock;
    this.surroundings = surroundings;
  }

  /// What a failure means, when its message is meant for the user.
  static Optional<FailureKind> kindOf(Throwable failure) {
    return failure instanceof SyncFailure known ? Optional.of(known.kind()) : Optional.empty();
  }

  ExitCode execute(Command command, GlobalOptions options) {
    return switch (command) {
      case Command.Version _ -> new VersionCommand(console).execute();
      case Command.Demo demo ->
          inCheckout("demo", () -> new Demo(console, clock).run(demo, at -> runDemo(demo, at)));
      case Command.Drill drill ->
          inCheckout("drill", () -> new DrillReport(console, clock).run(drill));
      case Command.Bench bench ->
          inCheckout(
              "bench", () -> new BenchReport(console, surroundings.environment()).run(bench));
      case Command.Validate _ -> validate(options);
      case Command.Jobs _ ->
          configured(options, known -> new JobsCommand(known.jobs(), console).execute());
      case Command.Serve _ ->
          configured(
              options,
              known ->
                  tooManyJobs(known)
                      .map(objection ->
                          failures.configuration(
                              List.of(new ConfigurationProblem("jobs", objection))))
                      .orElseGet(() -> serve(known, options)));
      case Command.Run run -> wired(options, program -> run(program, run));
      case Command.Plan plan ->
          wired(
              options,
              program ->
                  new PlanCommand(program.jobs(), program.planJob()::plan, console, failures)
                      .execute(plan));
      case Command.Status status ->
          wired(
              options,
              program ->
                  new StatusCommand(
                          program.jobs(),
                          program.jobQueries(),
                          program::pingDatabases,
                          console,
                          clock)
                      .execute(status));
      case Command.Runs runs ->
          wired(
              options,
              program ->
                  new RunsCommand(program.jobs(), program.runQueries(), console).execute(runs));
      case Command.WatermarkShow show ->
          wired(
              options,
              program ->
                  new WatermarkShowCommand(program.jobs(), program.jobQueries(), console)
                      .execute(show));
      case Command.Inspection inspection ->
          wired(options, program -> inspections(program).execute(inspection));
      case Command.Maintenance maintenance ->
          wired(options, program -> inspections(program).execute(maintenance));
      case Command.Migrate _ ->
          wired(
              options,
              program -> new MigrateCommand(program.migrations()::migrate, console).execute());
    };
  }

  private InspectionCommands inspections(Qupersync program) {
    return new InspectionCommands(program, console, failures, clock);
  }

  private interface Work<T> {
    ExitCode with(T given);
  }

  private ExitCode configured(GlobalOptions options, Work<Configuration> work) {
    return switch (load(options)) {
      case LoadResult.Done(Configuration configuration) -> work.with(configuration);
      case LoadResult.Refused(var problems) -> failures.configuration(shown(problems));
    };
  }

  private ExitCode wired(GlobalOptions options, Work<Qupersync> work) {
    return configured(options, configuration -> wired(configuration, work));
  }

  private ExitCode wired(Configuration configuration, Work<Qupersync> work) {
    RunObserver display = ProgressDisplay.on(console, clock);
    try (var program = Qupersync.open(configuration, clock, display)) {
      return work.with(program);
    }
  }

  private LoadResult load(GlobalOptions options) {
    var loader = new ConfigurationLoader(surroundings.environment(), surroundings.directory());
    LoadResult loadResult = options.config().map(loader::load).orElseGet(loader::loadDefault);
    warnings = loader.warnings();
    return loadResult;
  }

  private ExitCode run(Qupersync program, Command.Run command) {
    try (var _ = Interruption.stopping(program.runs())) {
      return new RunCommand(
              program.jobs(), program.runSyncJob()::run, program.runQueries(), console, clock)
          .execute(command, program::bringStateUpToDate);
    }
  }

  /// What a service could not hold.
  private static Optional<String> tooManyJobs(Configuration configuration) {
    return JobsInHeap.objectionTo(configuration.jobs().all().size());
  }

  private ExitCode serve(Configuration configuration, GlobalOptions options) {
    Logs.tellEvents(configuration.log());
    warnings.forEach(LOG::warn);
    configuration.effective().forEach(line -> LOG.info("configured: {}", line));
    try (var deadline =
            new ShutdownDeadline(RunningService.longestStop(configuration.shutdownGrace()));
        var monitoring = new Monitoring(clock);
        var program = Qupersync.open(configuration, clock, monitoring.observer());
        var signals = Signals.heard(program.runs()::cancelAllForGood, deadline::begin);
        var runningService =
            RunningService.start(
                program,
                configuration.server(),
                configuration.shutdownGrace(),
                monitoring::scrape,
                clock)) {
      monitoring.watch(program.watchpoints(), runningService::waiting, configuration);
      Reload reload = runningService.schedule(configuration, () -> load(options), monitoring::use);
      signals.onHangup(reload::reload);
      signals.awaitStop();
      return ExitCode.DONE;
    } catch (AddressTaken taken) {
      return failures.configuration(
          List.of(new ConfigurationProblem("server", String.valueOf(taken.getMessage()))));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return ExitCode.DONE;
    }
  }

  private void warnOfLateCommits(JobVariants job) {
    Stream.of(job.provisioned(), job.serverless())
        .map(LateCommits::unguarded)
        .flatMap(Optional::stream)
        .distinct()
        .forEach(text -> console.message("warning: job '%s': %s".formatted(job.id(), text)));
  }

  private ExitCode validate(GlobalOptions options) {
    String origin = options.config().map(Path::toString).orElseGet(this::defaultOrigin);
    var report = new ValidateReport(console);
    LoadResult loadResult = load(options);
    warnings.forEach(warning -> console.message("warning: " + warning));
    return switch (loadResult) {
      case LoadResult.Done(Configuration known) -> {
        tooManyJobs(known)
            .ifPresent(
                objection -> console.message("warning: 'serve' would not start: " + objection));
        known.jobs().all().forEach(this::warnOfLateCommits);
        yield report.execute(origin, known.jobs().all().size(), List.of());
      }
      case LoadResult.Refused(var problems) -> report.execute(origin, 0, shown(problems));
    };
  }

  private String defaultOrigin() {
    var file = Path.of(ConfigurationLoader.DEFAULT_FILE);
    return surroundings.directory().resolve(file).toFile().exists()
        ? file.toString()
        : "environment";
  }

  private static List<ConfigurationProblem> shown(List<ConfigProblem> problems) {
    return problems.stream()
        .map(problem -> new ConfigurationProblem(problem.place().toString(), problem.message()))
        .toList();
  }

  /// The sandbox is a jar of its own, which a production machine does not have.
  private ExitCode inCheckout(String name, Supplier<ExitCode> command) {
    try {
      return command.get();
    } catch (NoClassDefFoundError missing) {
      console.message(
          "error: the %1$s is not part of the production jar; run './qupersync %1$s' in a checkout"
              .formatted(name));
      return ExitCode.USAGE;
    }
  }

  private ExitCode runDemo(Command.Demo demo, Map<String, String> environment) {
    var loader = new ConfigurationLoader(environment, surroundings.directory());
    return switch (loader.loadEnvironment()) {
      case LoadResult.Done(Configuration configuration) ->
          runDemo(demo, configuration, environment);
      case LoadResult.Refused(var problems) -> failures.configuration(shown(problems));
    };
  }

  private ExitCode runDemo(
      Command.Demo demo, Configuration configuration, Map<String, String> environment) {
    var all =
        new Command.Run(
            new JobChoice.All(), new RunRequest.Scope.Ordinary(), RunRequest.Deletes.LIMITED);
    try (var monitoring = new Monitoring(clock);
        var program =
            Qupersync.open(
                configuration,
                clock,
                RunObservers.all(ProgressDisplay.on(console, clock), monitoring.observer()))) {
      ExitCode result = run(program, all);
      if (!demo.once() && !program.runs().takesNone()) {
        monitoring.watch(program.watchpoints(), () -> 0, configuration);
        new DemoService(program, monitoring, console, clock).serve(configuration, environment);
      }
      return result;
    }
  }
}
