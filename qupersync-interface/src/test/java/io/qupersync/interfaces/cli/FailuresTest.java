package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.run.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  private static final class Known extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FailureKind kind;

    Known(FailureKind kind, String message) {
      super(message);
      this.kind = kind;
    }
  }

  private final CapturedConsole captured = CapturedConsole.piped();
  private final Failures failures = on(captured);

  private static Failures on(CapturedConsole captured) {
    return new Failures(
        captured.console(),
        failure -> failure instanceof Known known ? Optional.of(known.kind) : Optional.empty());
  }

  @Test
  void tells_a_known_failure_in_one_line() {
    ExitCode code =
        failures.report(
            new Known(FailureKind.UNREACHABLE, "cannot reach db:5432\n  check POSTGRES_HOST"));
    assertThat(captured.err()).isEqualTo("error: cannot reach db:5432 check POSTGRES_HOST\n");
    assertThat(captured.out()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void looks_into_what_another_thread_has_wrapped() {
    ExitCode code =
        failures.report(new CompletionException(new Known(FailureKind.SOURCE, "no such view")));
    assertThat(captured.err()).isEqualTo("error: no such view\n");
    assertThat(code).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void asks_to_report_a_defect() {
    ExitCode code = failures.report(new IllegalStateException("oops"));
    assertThat(captured.err())
        .isEqualTo(
            "error: a defect in QuperSync: java.lang.IllegalStateException: oops; please report it, with what --verbose prints\n");
    assertThat(code).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void shows_the_stack_trace_only_when_asked() {
    var talkative = CapturedConsole.verbose();
    on(talkative).report(new Known(FailureKind.SOURCE, "no such view"));
    assertThat(talkative.err())
        .startsWith("error: no such view\n")
        .contains("at io.qupersync.interfaces");
  }

  @Test
  void calls_wrong_usage_by_its_exit_code() {
    assertThat(failures.report(new WrongUsage("there is no job 'x'"))).isEqualTo(ExitCode.USAGE);
    assertThat(failures.usage(new ParsedLine.UsageError("unknown command 'y'")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(captured.err())
        .isEqualTo("error: there is no job 'x'\nerror: unknown command 'y'\n");
  }

  @Test
  void tells_every_problem_of_the_configuration() {
    ExitCode code =
        failures.configuration(
            List.of(
                new ConfigurationProblem("q.yaml:3:5", "unknown key 'hots', did you mean 'host'?"),
                new ConfigurationProblem("POSTGRES_PORT", "must be a number")));
    assertThat(captured.err())
        .isEqualTo(
            """
            error: q.yaml:3:5: unknown key 'hots', did you mean 'host'?
            error: POSTGRES_PORT: must be a number
            """);
    assertThat(code).isEqualTo(ExitCode.USAGE);
  }
}
