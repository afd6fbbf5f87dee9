package io.qupersync.interfaces.cli;

import io.qupersync.domain.run.RunId;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Stderr: messages that stay, and below them, on a terminal, one line per run that changes in
/// place. Safe for use by many threads.
final class LiveLines {

  private final PrintStream err;
  private final Map<RunId, String> live = new LinkedHashMap<>();
  private int painted;

  LiveLines(PrintStream err) {
    this.err = err;
  }

  /// Adds a run's line, or changes it.
  ///
  /// @param line shorter than the terminal is wide: a line that wraps is taken for one all the same
  synchronized void show(RunId run, String line) {
    live.put(run, line);
    repaint("");
  }

  /// The run's line becomes a message.
  synchronized void leave(RunId run) {
    String last = live.remove(run);
    repaint(last == null ? "" : last + "\n");
  }

  /// Prints above the lines that change.
  synchronized void message(String text) {
    repaint(text.endsWith("\n") ? text : text + "\n");
  }

  private void repaint(String above) {
    var screen = new StringBuilder();
    if (painted > 0) {
      screen.append("\u001b[").append(painted).append("A\r\u001b[J");
    }
    screen.append(above);
    live.values().forEach(line -> screen.append(line).append('\n'));
    painted = live.size();
    // at once, so that nothing else on the terminal comes in between
    err.print(screen);
    err.flush();
  }
}
