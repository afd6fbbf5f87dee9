package io.qupersync.interfaces.cli;

import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What the process tells the shell. Part of the public surface: numbers never change.
public enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "a job failed"),
  USAGE(2, "wrong usage or configuration"),
  UNREACHABLE(3, "a database cannot be reached"),
  ALREADY_RUNNING(4, "the job is already running");

  /// From harmless to grave. A database that cannot be reached stands above a failed job, for it
  /// most likely made the others fail; a job that runs elsewhere needs nobody's attention.
  private static final List<ExitCode> BY_GRAVITY =
      List.of(DONE, ALREADY_RUNNING, FAILED, UNREACHABLE, USAGE);

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  public static ExitCode of(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed _ -> DONE;
      case RunOutcome.Failed(_, FailureKind kind, _, _) -> of(kind);
      case RunOutcome.Cancelled _ -> FAILED;
      case RunOutcome.AlreadyRunning _ -> ALREADY_RUNNING;
    };
  }

  /// A job that does not fit its source or target is a failed job, not wrong configuration: the
  /// file alone cannot tell, and what fitted yesterday may not fit today.
  public static ExitCode of(FailureKind kind) {
    return switch (kind) {
      case UNREACHABLE -> UNREACHABLE;
      case USAGE -> USAGE;
      case SOURCE,
          TARGET,
          DEFINITION,
          TOO_MANY_REJECTED,
          TOO_MANY_DELETES,
          LEASE_LOST,
          TIMEOUT,
          INTERNAL ->
          FAILED;
    };
  }

  /// The gravest; [#DONE] when there is none.
  public static ExitCode worst(Collection<ExitCode> codes) {
    return codes.stream().max(Comparator.comparingInt(BY_GRAVITY::indexOf)).orElse(DONE);
  }
}
