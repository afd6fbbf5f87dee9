package io.qupersync.interfaces.cli;

import java.nio.file.Path;
import java.util.Optional;

/// What may be said beside any command.
///
/// @param config empty means `./qupersync.yaml` if it is there, else the environment alone
/// @param json results as JSON instead of tables
/// @param verbose log lines and stack traces on stderr
/// @param quiet no progress on stderr, only errors
/// @param noColor no colours, whatever stdout and stderr lead to
public record GlobalOptions(
    Optional<Path> config, boolean json, boolean verbose, boolean quiet, boolean noColor) {

  public static GlobalOptions none() {
    return new GlobalOptions(Optional.empty(), false, false, false, false);
  }
}
