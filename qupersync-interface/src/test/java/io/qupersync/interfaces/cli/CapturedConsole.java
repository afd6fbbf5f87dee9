package io.qupersync.interfaces.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A console whose streams a test can read.
final class CapturedConsole {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console;

  private CapturedConsole(Screen screen, GlobalOptions options) {
    console = new Console(stream(out), stream(err), screen, options);
  }

  static CapturedConsole piped() {
    return of(Screen.none(), GlobalOptions.none());
  }

  static CapturedConsole terminal() {
    return of(new Screen(true, true, true), GlobalOptions.none());
  }

  static CapturedConsole json() {
    return of(Screen.none(), new GlobalOptions(Optional.empty(), true, false, false, false));
  }

  static CapturedConsole quiet() {
    return of(Screen.none(), new GlobalOptions(Optional.empty(), false, false, true, false));
  }

  static CapturedConsole verbose() {
    return of(Screen.none(), new GlobalOptions(Optional.empty(), false, true, false, false));
  }

  static CapturedConsole of(Screen screen, GlobalOptions options) {
    return new CapturedConsole(screen, options);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  Console console() {
    return console;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
