package io.qupersync.interfaces.cli;

/// One thing that is wrong with the configuration.
///
/// @param place `file:line:column`, or the environment variable it is about
/// @param message one line: what is wrong and what to do
public record ConfigurationProblem(String place, String message) {

  @Override
  public String toString() {
    return place + ": " + message;
  }
}
