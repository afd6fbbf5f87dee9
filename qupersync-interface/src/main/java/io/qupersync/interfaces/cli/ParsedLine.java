package io.qupersync.interfaces.cli;

/// What a command line turned out to be.
public sealed interface ParsedLine {

  /// To be done.
  record Call(Command command, GlobalOptions options) implements ParsedLine {}

  /// To be printed on stdout, as it is; there is nothing else to do.
  record Information(String text) implements ParsedLine {}

  /// To be told on stderr, by [Failures#usage].
  ///
  /// @param message one line: what is wrong and what to do
  record UsageError(String message) implements ParsedLine {}
}
