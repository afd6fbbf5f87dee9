package io.qupersync.interfaces.cli;

import io.qupersync.domain.run.RunId;
import io.qupersync.interfaces.text.HumanText;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;

/// Stderr: messages that stay, and below them, on a terminal, one line per run that changes in
/// place. Safe for use by many threads.
final class LiveLines {

  private final PrintStream err;
  private static final Pattern LOOKS = Pattern.compile("\u001b\\[[0-9;]*m");

  private final IntSupplier width;
  private final Map<RunId, String> live = new LinkedHashMap<>();
  private List<Integer> painted = List.of();

  /// @param width how many columns the terminal has at this moment
  LiveLines(PrintStream err, IntSupplier width) {
    this.err = err;
    this.width = width;
  }

  /// How long a line may be that changes in place: one that wraps could not be redrawn.
  int room() {
    return width.getAsInt() - 1;
  }

  /// Adds a run's line, or changes it.
  ///
  /// @param line what is too long for the terminal is cut off
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

  /// What was painted before the terminal became narrower takes more than one row by now.
  private static int rows(int length, int columns) {
    return Math.max(1, (length + columns - 1) / columns);
  }

  private static int visible(String line) {
    String text = LOOKS.matcher(line).replaceAll("");
    return text.codePointCount(0, text.length());
  }

  private static String fitting(String line, int room) {
    return visible(line) <= room
        ? line
        : HumanText.shortened(LOOKS.matcher(line).replaceAll(""), room);
  }

  private void repaint(String above) {
    var screen = new StringBuilder();
    int columns = width.getAsInt();
    int rows = painted.stream().mapToInt(length -> rows(length, columns)).sum();
    if (rows > 0) {
      screen.append("\u001b[").append(rows).append("A\r\u001b[J");
    }
    screen.append(above);
    List<String> lines = live.values().stream().map(line -> fitting(line, columns - 1)).toList();
    lines.forEach(line -> screen.append(line).append('\n'));
    painted = lines.stream().map(LiveLines::visible).toList();
    // at once, so that nothing else on the terminal comes in between
    err.print(screen);
    err.flush();
  }
}
