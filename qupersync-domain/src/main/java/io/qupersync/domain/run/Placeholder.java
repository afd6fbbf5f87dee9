package io.qupersync.domain.run;

/** Holds the package open until its first type arrives; delete it then. */
final class Placeholder {
  private Placeholder() {}
}
