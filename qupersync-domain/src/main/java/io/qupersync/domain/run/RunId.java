package io.qupersync.domain.run;

/// The number of a run, unique within one state schema and growing.
public record RunId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
