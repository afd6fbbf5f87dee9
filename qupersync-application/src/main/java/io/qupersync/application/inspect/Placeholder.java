package io.qupersync.application.inspect;

/** Holds the package open until its first type arrives; delete it then. */
final class Placeholder {
  private Placeholder() {}
}
