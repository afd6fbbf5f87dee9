package io.qupersync.interfaces.cli;

import io.qupersync.domain.run.FailureKind;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.HumanText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Tells what went wrong: one line on stderr, and the stack trace only when asked for.
public final class Failures {

  private final Console console;
  private final Function<Throwable, Optional<FailureKind>> kinds;

  /// @param kinds the kind of a failure whose message is meant for the user; empty for a defect
  public Failures(Console console, Function<Throwable, Optional<FailureKind>> kinds) {
    this.console = console;
    this.kinds = kinds;
  }

  public ExitCode report(Throwable failure) {
    return report("", failure);
  }

  /// @param about comes before the message, such as `orders: `; may be empty
  ExitCode report(String about, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    Optional<FailureKind> kind = kinds.apply(cause);
    boolean known = kind.isPresent() || cause instanceof WrongUsage;
    error(about + (known ? String.valueOf(cause.getMessage()) : defect(cause)));
    if (console.verbose()) {
      console.message(stackTrace(cause));
    }
    return cause instanceof WrongUsage
        ? ExitCode.USAGE
        : kind.map(ExitCode::of).orElse(ExitCode.FAILED);
  }

  public ExitCode usage(ParsedLine.UsageError error) {
    error(error.message());
    return ExitCode.USAGE;
  }

  /// For a command that cannot begin; `validate` has [ValidateReport].
  public ExitCode configuration(List<ConfigurationProblem> problems) {
    problems.forEach(problem -> error(problem.toString()));
    return ExitCode.USAGE;
  }

  private void error(String message) {
    console.message(
        console.paintedOnErr(AnsiStyle.BAD, "error:") + " " + HumanText.oneLine(message));
  }

  private static String defect(Throwable cause) {
    return "a defect in QuperSync: %s; please report it, with what --verbose prints"
        .formatted(cause);
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
