package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunCommandTest {

  private final ScriptedRuns runs = new ScriptedRuns();
  private boolean prepared;

  @Test
  void prints_one_table() {
    runs.endsWell("orders", new RunTally(1_234_567, 1_200_000, 34_000, 564, 0, 3, 0), 12_340);
    runs.endsWell("table_stats_sync", new RunTally(120, 120, 0, 0, 7, 0, 0), 100);
    var captured = CapturedConsole.piped();
    ExitCode code = run(captured, "orders", "table_stats_sync");
    assertThat(captured.out())
        .isEqualTo(
            """
            job              status extracted  inserted updated unchanged deleted skipped  sec  rows/s watermark
            orders           ok     1,234,567 1,200,000  34,000       564       0       3 12.3 100,046 2026-03-02 07:59:59
            table_stats_sync ok           120       120       0         0       7       0  0.1   1,200 2026-03-02 07:59:59
            orders: 3 rows rejected; the table dead_letters has each with its reason
            """);
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(prepared).isTrue();
  }

  @Test
  void fits_the_built_in_jobs_into_100_columns() {
    runs.endsWell("vacuum_history_sync", new RunTally(12_345, 12_345, 0, 0, 0, 0, 0), 800);
    var captured = CapturedConsole.piped();
    run(captured, "vacuum_history_sync");
    assertThat(captured.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void gives_the_reasons_of_failed_jobs_below_the_table() {
    runs.endsWell("orders", RunTally.zero(), 100);
    runs.ends(
        "stock",
        _ -> ScriptedRuns.failed(FailureKind.SOURCE, "reading public.stock: no such view"));
    var captured = CapturedConsole.piped();
    ExitCode code = run(captured, "orders", "stock");
    assertThat(captured.out()).endsWith("stock: reading public.stock: no such view\n");
    assertThat(captured.out()).containsPattern("stock +failed");
    assertThat(code).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void says_who_is_running_already() {
    runs.ends("orders", _ -> new RunOutcome.AlreadyRunning(new RunId(4711)));
    var captured = CapturedConsole.piped();
    ExitCode code = run(captured, "orders");
    assertThat(captured.out())
        .isEqualTo(
            """
            job     status  extracted  inserted  updated  deleted  skipped  sec  rows/s  watermark
            orders  busy                                                              -
            job orders is already running, run 4711
            """);
    assertThat(code).isEqualTo(ExitCode.ALREADY_RUNNING);
  }

  @Test
  void starts_nothing_more_once_a_run_was_cancelled() {
    runs.ends("orders", _ -> new RunOutcome.Cancelled(new RunId(1), RunTally.zero()));
    runs.endsWell("stock", RunTally.zero(), 1);
    var captured = CapturedConsole.piped();
    ExitCode code = run(captured, "orders", "stock");
    assertThat(runs.requests()).hasSize(1);
    assertThat(captured.err()).isEqualTo("not started: stock\n");
    assertThat(captured.out()).containsPattern("orders +cancelled");
    assertThat(code).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void runs_nothing_when_one_name_is_unknown() {
    runs.endsWell("orders", RunTally.zero(), 1);
    assertThatThrownBy(() -> run(CapturedConsole.piped(), "orders", "oders"))
        .isInstanceOf(WrongUsage.class)
        .hasMessage("there is no job 'oders'; did you mean 'orders'?");
    assertThat(runs.requests()).isEmpty();
    assertThat(prepared).isFalse();
  }

  @Test
  void runs_each_job_once_on_a_virtual_thread_of_its_own() {
    var virtual = new ArrayList<Boolean>();
    runs.ends(
        "orders",
        _ -> {
          virtual.add(Thread.currentThread().isVirtual());
          return new RunOutcome.AlreadyRunning(new RunId(1));
        });
    run(CapturedConsole.piped(), "orders", "orders");
    assertThat(virtual).containsExactly(true);
  }

  @Test
  void passes_on_what_was_asked() {
    runs.endsWell("orders", RunTally.zero(), 1);
    var command =
        new Command.Run(
            new JobChoice.All(), new RunRequest.Scope.Full(), RunRequest.Deletes.ALLOWED);
    runs.command(CapturedConsole.piped().console()).execute(command, () -> {});
    assertThat(runs.requests())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.scope()).isEqualTo(new RunRequest.Scope.Full());
          assertThat(request.deletes()).isEqualTo(RunRequest.Deletes.ALLOWED);
        });
  }

  @Test
  void writes_the_columns_of_sync_logs_as_json() {
    runs.endsWell("orders", new RunTally(10, 5, 2, 1, 0, 1, 1), 1500);
    var captured = CapturedConsole.json();
    run(captured, "orders");
    assertThat(captured.out())
        .isEqualTo(
            """
            [
              {
                "run_id": 1,
                "sync_job_id": "orders",
                "trigger": "cli",
                "status": "success",
                "started_at": "2026-03-02T08:00:00Z",
                "completed_at": "2026-03-02T08:00:01.500Z",
                "duration_ms": 1500,
                "rows_extracted": 10,
                "rows_upserted": 7,
                "rows_inserted": 5,
                "rows_updated": 2,
                "rows_unchanged": 1,
                "rows_deleted": 0,
                "rows_skipped": 1,
                "rows_duplicate": 1,
                "attempts": 1,
                "error_count": 1,
                "watermark_from": null,
                "watermark_to": "2026-03-02 07:59:59.123456",
                "error": null,
                "remark": null
              }
            ]
            """);
  }

  @Test
  void writes_a_busy_job_as_json() {
    runs.ends("orders", _ -> new RunOutcome.AlreadyRunning(new RunId(4711)));
    var captured = CapturedConsole.json();
    ExitCode code = run(captured, "orders");
    assertThat(captured.out())
        .contains(
            "\"run_id\": 4711,", "\"status\": \"already_running\",", "\"rows_extracted\": null,");
    assertThat(captured.err()).isEqualTo("job orders is already running, run 4711\n");
    assertThat(code).isEqualTo(ExitCode.ALREADY_RUNNING);
  }

  @Test
  void tells_of_a_run_that_failed_before_it_had_a_number() {
    runs.ends(
        "orders",
        _ -> {
          runs.clock().tick(Duration.ofSeconds(2));
          return ScriptedRuns.failed(FailureKind.UNREACHABLE, "cannot reach db:5432");
        });
    var captured = CapturedConsole.json();
    ExitCode code = run(captured, "orders");
    assertThat(captured.out())
        .contains(
            "\"run_id\": null,",
            "\"status\": \"failed\",",
            "\"duration_ms\": 2000,",
            "\"attempts\": null,",
            "\"error\": \"cannot reach db:5432\"");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void prints_an_empty_array_when_there_are_no_jobs() {
    var captured = CapturedConsole.json();
    var all =
        new Command.Run(
            new JobChoice.All(), new RunRequest.Scope.Ordinary(), RunRequest.Deletes.LIMITED);
    assertThat(runs.command(captured.console()).execute(all, () -> {})).isEqualTo(ExitCode.DONE);
    assertThat(captured.out()).isEqualTo("[]\n");
  }

  private ExitCode run(CapturedConsole captured, String... jobs) {
    List<JobId> named = Arrays.stream(jobs).map(JobId::new).toList();
    return runs.command(captured.console())
        .execute(
            new Command.Run(
                new JobChoice.Named(named),
                new RunRequest.Scope.Ordinary(),
                RunRequest.Deletes.LIMITED),
            () -> prepared = true);
  }
}
