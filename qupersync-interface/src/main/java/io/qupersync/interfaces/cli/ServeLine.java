package io.qupersync.interfaces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The line that starts a service, `serve` with or without its configuration, understood without
/// picocli. Java keeps no class file as old as picocli's in an AOT cache: loading it and telling it
/// of all commands took 0.17 s of a start of 0.9 s.
///
/// Whatever else there is beside goes the long way, and means the same there.
final class ServeLine {

  private static final String CONFIG = "--config=";

  private static final List<String> CONFIG_NAMES = List.of("--config", "-c");

  private ServeLine() {}

  /// Empty for any other line, even where it only says `serve` in more words.
  static Optional<ParsedLine> of(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("serve")) {
      return Optional.empty();
    }
    if (arguments.length == 1) {
      return Optional.of(serve(GlobalOptions.none()));
    }
    if (arguments.length == 2 && arguments[1].startsWith(CONFIG)) {
      return with(arguments[1].substring(CONFIG.length()));
    }
    return arguments.length == 3 && CONFIG_NAMES.contains(arguments[1])
        ? with(arguments[2])
        : Optional.empty();
  }

  /// What begins like an option was not meant as a file.
  private static Optional<ParsedLine> with(String file) {
    return file.isEmpty() || file.startsWith("-")
        ? Optional.empty()
        : Optional.of(
            serve(new GlobalOptions(Optional.of(Path.of(file)), false, false, false, false)));
  }

  private static ParsedLine serve(GlobalOptions options) {
    return new ParsedLine.Call(new Command.Serve(), options);
  }
}
