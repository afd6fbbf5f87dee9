package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExitCodeTest {

  private static final RunId RUN = new RunId(7);

  static Stream<Arguments> outcomes() {
    RunTally tally = RunTally.zero();
    return Stream.of(
        arguments(new RunOutcome.Completed(RUN, tally, Optional.empty()), 0),
        arguments(new RunOutcome.Cancelled(RUN, tally), 1),
        arguments(new RunOutcome.AlreadyRunning(RUN), 4),
        arguments(failed(FailureKind.UNREACHABLE), 3),
        arguments(failed(FailureKind.SOURCE), 1),
        arguments(failed(FailureKind.DEFINITION), 1),
        arguments(failed(FailureKind.USAGE), 2));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void tells_how_a_run_ended(RunOutcome outcome, int code) {
    assertThat(ExitCode.of(outcome).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNREACHABLE", "USAGE"})
  void calls_every_other_failure_a_failed_job(FailureKind kind) {
    assertThat(ExitCode.of(kind)).isEqualTo(ExitCode.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "DONE, DONE ALREADY_RUNNING, ALREADY_RUNNING",
    "DONE, ALREADY_RUNNING FAILED, FAILED",
    "DONE, UNREACHABLE FAILED, UNREACHABLE",
    "DONE, FAILED USAGE UNREACHABLE, USAGE"
  })
  void reports_the_gravest_of_several(ExitCode first, String others, ExitCode worst) {
    List<ExitCode> codes =
        Stream.concat(Stream.of(first), Arrays.stream(others.split(" ")).map(ExitCode::valueOf))
            .toList();
    assertThat(ExitCode.worst(codes)).isEqualTo(worst);
    assertThat(ExitCode.worst(codes.reversed())).isEqualTo(worst);
  }

  @Test
  void is_done_when_there_was_nothing_to_do() {
    assertThat(ExitCode.worst(List.of())).isEqualTo(ExitCode.DONE);
  }

  private static RunOutcome failed(FailureKind kind) {
    return new RunOutcome.Failed(Optional.of(RUN), kind, "because", RunTally.zero());
  }
}
