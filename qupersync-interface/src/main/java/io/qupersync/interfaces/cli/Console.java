package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.JsonText;
import io.qupersync.interfaces.text.Table;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/// Where commands speak: results on stdout, progress and messages on stderr. Safe for use by many
/// threads.
public final class Console {

  /// Of a terminal that does not say how wide it is.
  private static final int USUAL_WIDTH = 80;

  private final PrintStream out;
  private final LiveLines err;
  private final Screen screen;
  private final GlobalOptions options;

  private final IntSupplier width;

  public Console(PrintStream out, PrintStream err, Screen screen, GlobalOptions options) {
    this(out, err, screen, options, () -> USUAL_WIDTH);
  }

  /// @param width how many columns the terminal has at this moment, where there is one
  Console(
      PrintStream out, PrintStream err, Screen screen, GlobalOptions options, IntSupplier width) {
    this.out = out;
    this.width = width;
    this.err = new LiveLines(err, width);
    this.screen = screen;
    this.options = options;
  }

  /// The process's own streams, in UTF-8 whatever the locale: containers mostly run in one that
  /// would turn letters into question marks.
  public static Console ofProcess(GlobalOptions options) {
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Screen.of(System.getenv()),
        options,
        new TerminalWidth(System.getenv()));
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Whether results are wanted as JSON.
  public boolean json() {
    return options.json();
  }

  public boolean verbose() {
    return options.verbose();
  }

  /// Prints a result.
  public void result(String text) {
    out.print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
    out.flush();
  }

  public void result(Table table) {
    result(text(table));
  }

  /// As wide as it is for a program, as the terminal is for a person.
  String text(Table table) {
    return screen.outIsTerminal()
        ? table.text(coloursOut(), width.getAsInt())
        : table.text(coloursOut());
  }

  public void resultAsJson(Object value) {
    result(JsonText.of(value));
  }

  /// Tells something on stderr that even a quiet user must know.
  public void message(String text) {
    err.message(text);
  }

  /// Tells on stderr how things go on; a quiet user does not want to know.
  public void progress(String text) {
    if (!options.quiet()) {
      err.message(text);
    }
  }

  /// Whether stderr may show lines that change in place. Log lines would break them, so not with
  /// --verbose.
  boolean live() {
    return screen.errIsTerminal() && !options.quiet() && !options.verbose();
  }

  LiveLines lines() {
    return err;
  }

  /// The text as stdout shows it.
  String painted(AnsiStyle ansiStyle, String text) {
    return coloursOut() ? ansiStyle.on(text) : text;
  }

  /// The text as stderr shows it.
  String paintedOnErr(AnsiStyle ansiStyle, String text) {
    return screen.errIsTerminal() && colours() ? ansiStyle.on(text) : text;
  }

  private boolean coloursOut() {
    return screen.outIsTerminal() && colours();
  }

  private boolean colours() {
    return screen.colours() && !options.noColor();
  }
}
