package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.table.TableRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the user wants done. Complete and consistent in itself; whether its jobs exist only the
/// configuration knows.
public sealed interface Command {

  record Run(JobChoice jobs, RunRequest.Scope scope, RunRequest.Deletes deletes)
      implements Command {}

  /// Runs jobs by their schedules until a signal comes.
  record Serve() implements Command {}

  record Plan(JobChoice jobs) implements Command {}

  record Validate() implements Command {}

  record Jobs() implements Command {}

  /// @param job empty asks for all, one line each
  record Status(Optional<JobId> job) implements Command {}

  /// @param limit 1 to 1000
  record Runs(Optional<JobId> job, int limit) implements Command {}

  record WatermarkShow(JobId job) implements Command {}

  /// What looks at both sides and changes neither, but for a repair that is asked for.
  sealed interface Inspection extends Command {}

  /// @param repair copy what differs
  record Verify(JobChoice jobs, boolean repair) implements Inspection {}

  record Check() implements Inspection {}

  /// @param pattern `schema.table` or `table`, where `*` stands for any text
  record Discover(String pattern) implements Inspection {}

  record Draft(TableRef table) implements Inspection {}

  /// @param limit 1 to 1000
  record Preview(JobId job, int limit) implements Inspection {}

  /// @param key as typed: one text per column, or all of them in one, with commas between
  record Explain(JobId job, List<String> key) implements Inspection {
    public Explain {
      key = List.copyOf(key);
    }
  }

  /// What sets right by hand what runs keep by themselves.
  sealed interface Maintenance extends Command {}

  /// @param values one or more, of the watermark's columns
  record WatermarkSet(JobId job, List<String> values) implements Maintenance {
    public WatermarkSet {
      values = List.copyOf(values);
    }
  }

  record WatermarkReset(JobId job) implements Maintenance {}

  record WatermarkKeep(JobId job) implements Maintenance {}

  /// @param limit 1 to 1000
  record DeadLettersList(JobId job, int limit) implements Maintenance {}

  record DeadLettersReplay(JobId job) implements Maintenance {}

  record DeadLettersDiscard(JobId job) implements Maintenance {}

  record Migrate() implements Command {}

  record Version() implements Command {}

  /// @param once end after the table, instead of keeping the databases up
  /// @param scale how many times the usual amount of data, 1 or more
  record Demo(boolean once, int scale) implements Command {}

  /// @param rows of the largest table; empty for the usual number
  /// @param rounds of each contestant; empty for the usual number
  /// @param only names of works, empty for all; which there are only the sandbox knows
  /// @param write the folder for a page and a plot; empty for none
  /// @param beside another build's jar, measured instead of the rivals; empty for the rivals
  /// @param against a table of the user's own; empty for databases that the bench makes
  record Bench(
      OptionalLong rows,
      OptionalInt rounds,
      List<String> only,
      Optional<Path> write,
      Optional<Path> beside,
      Optional<OwnTable> against)
      implements Command {

    public Bench {
      only = List.copyOf(only);
    }

    /// @param key its key columns, one at least
    public record OwnTable(String table, List<String> key) {
      public OwnTable {
        key = List.copyOf(key);
      }
    }
  }

  /// @param rounds of each drill; empty for as many as each usually has
  /// @param only names of drills, empty for all; which there are only the sandbox knows
  /// @param seed where chance begins; empty for another one each time
  record Drill(OptionalInt rounds, List<String> only, OptionalLong seed) implements Command {
    public Drill {
      only = List.copyOf(only);
    }
  }
}
