package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.DatabaseState;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `status`: how all jobs stand, one line each, or one job in detail.
public final class StatusCommand {

  private final JobRegistry jobs;
  private final JobQueries queries;
  private final Supplier<List<DatabaseState>> databases;
  private final Console console;
  private final InstantSource clock;

  /// @param databases asks the source and the target whether they answer
  public StatusCommand(
      JobRegistry jobs,
      JobQueries queries,
      Supplier<List<DatabaseState>> databases,
      Console console,
      InstantSource clock) {
    this.jobs = jobs;
    this.queries = queries;
    this.databases = databases;
    this.console = console;
    this.clock = clock;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode execute(Command.Status command) {
    List<StatusView> views = views(command.job());
    if (console.json()) {
      console.resultAsJson(views.stream().map(StatusView::json).toList());
    } else if (command.job().isPresent()) {
      views.forEach(view -> console.result(view.details()));
    } else {
      console.result(table(views));
      views.stream().map(StatusView::advice).flatMap(Optional::stream).forEach(console::result);
      views.stream().map(StatusView::heldBack).flatMap(Optional::stream).forEach(console::result);
    }
    if (!console.json()) {
      databases.get().stream().map(StatusCommand::line).forEach(console::result);
    }
    return ExitCode.DONE;
  }

  private static String line(DatabaseState database) {
    return switch (database.presence()) {
      case AWAY -> "%s is away: %s".formatted(database.name(), database.detail().orElse(""));
      case THERE, UNKNOWN -> database.name() + " is there";
    };
  }

  private List<StatusView> views(Optional<JobId> job) {
    Instant now = clock.instant();
    Optional<JobVariants> asked = job.map(new JobSelection(jobs)::of);
    List<JobStatus> statuses =
        asked.map(one -> queries.find(one.id()).stream().toList()).orElseGet(queries::all);
    return statuses.stream().map(status -> new StatusView(status, now)).toList();
  }

  private static Table table(List<StatusView> views) {
    Table table =
        Table.of(
            "<job",
            "<mode",
            "<schedule",
            "<last run",
            "<when",
            ">extracted",
            "<watermark",
            ">lag",
            ">rejected");
    for (StatusView view : views) {
      table.row(
          Cell.of(view.job()),
          Cell.of(view.mode()),
          Cell.of(view.schedule()),
          view.lastStatus(),
          Cell.of(view.lastWhen()),
          view.lastExtracted(),
          Cell.of(RunTables.watermark(view.watermark().orElse(""))),
          Cell.of(view.lagText()),
          Cell.of(view.deadLetters()));
    }
    return table;
  }
}
