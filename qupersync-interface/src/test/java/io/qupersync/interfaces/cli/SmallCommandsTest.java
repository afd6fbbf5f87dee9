package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmallCommandsTest {

  private final CapturedConsole text = CapturedConsole.piped();
  private final CapturedConsole json = CapturedConsole.json();

  @Test
  void version_tells_its_own_and_javas() {
    assertThat(new VersionCommand(text.console()).execute()).isEqualTo(ExitCode.DONE);
    assertThat(text.out()).matches("qupersync \\d+\\.\\d+\\.\\S+ \\(java \\d+.*\\)\n");
    new VersionCommand(json.console()).execute();
    assertThat(json.out()).contains("\"qupersync\": \"" + VersionCommand.version() + "\"");
  }

  @Test
  void migrate_names_what_it_applied() {
    var command =
        new MigrateCommand(() -> List.of("V1__state.sql", "V2__more.sql"), text.console());
    assertThat(command.execute()).isEqualTo(ExitCode.DONE);
    assertThat(text.out()).isEqualTo("applied V1__state.sql\napplied V2__more.sql\n");
  }

  @Test
  void migrate_says_when_there_was_nothing_to_do() {
    new MigrateCommand(List::of, text.console()).execute();
    assertThat(text.out()).isEqualTo("the state schema is up to date, nothing to do\n");
    new MigrateCommand(List::of, json.console()).execute();
    assertThat(json.out()).isEqualTo("[]\n");
  }

  @Test
  void validate_is_content_with_a_good_file() {
    ExitCode code = new ValidateReport(text.console()).execute("qupersync.yaml", 9, List.of());
    assertThat(text.out()).isEqualTo("qupersync.yaml: 9 jobs, no problems\n");
    assertThat(code).isEqualTo(ExitCode.DONE);
  }

  @Test
  void validate_prints_every_problem_as_its_result() {
    var problems =
        List.of(
            new ConfigurationProblem("q.yaml:3:5", "unknown key 'hots', did you mean 'host'?"),
            new ConfigurationProblem("q.yaml:9:1", "no key"));
    ExitCode code = new ValidateReport(text.console()).execute("q.yaml", 0, problems);
    assertThat(text.out())
        .isEqualTo(
            """
            q.yaml:3:5: unknown key 'hots', did you mean 'host'?
            q.yaml:9:1: no key
            """);
    assertThat(code).isEqualTo(ExitCode.USAGE);
    new ValidateReport(json.console()).execute("q.yaml", 0, problems);
    assertThat(json.out()).contains("\"place\": \"q.yaml:9:1\",\n    \"message\": \"no key\"");
  }
}
