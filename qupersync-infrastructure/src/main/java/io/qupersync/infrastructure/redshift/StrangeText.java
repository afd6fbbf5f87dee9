package io.qupersync.infrastructure.redshift;

/// A text that has no packed form here, such as a year before Christ: its row is read cell by cell.
final class StrangeText extends RuntimeException {

  private static final long serialVersionUID = 1;

  StrangeText() {}

  StrangeText(NumberFormatException notOne) {
    super(notOne);
  }
}
