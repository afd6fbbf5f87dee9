package io.qupersync.app.config.document;

import java.util.Comparator;

/// Where a part of the configuration was written. Its text is what stands before a problem's
/// message.
public sealed interface SourceLocation extends Comparable<SourceLocation> {

  /// The file's or the variable's name.
  String container();

  default int line() {
    return 0;
  }

  default int column() {
    return 0;
  }

  /// Files before the environment, each from its top to its end.
  @Override
  default int compareTo(SourceLocation other) {
    return Comparator.comparing(
            (SourceLocation sourceLocation) -> sourceLocation instanceof InEnvironment)
        .thenComparing(SourceLocation::container)
        .thenComparingInt(SourceLocation::line)
        .thenComparingInt(SourceLocation::column)
        .compare(this, other);
  }

  /// A position in a file; both numbers count from 1.
  record InFile(String container, int line, int column) implements SourceLocation {
    @Override
    public String toString() {
      return container + ":" + line + ":" + column;
    }
  }

  /// A file as such, which cannot be read.
  record WholeFile(String container) implements SourceLocation {
    @Override
    public String toString() {
      return container;
    }
  }

  /// A variable of the environment.
  record InEnvironment(String container) implements SourceLocation {
    @Override
    public String toString() {
      return "environment:" + container;
    }
  }
}
