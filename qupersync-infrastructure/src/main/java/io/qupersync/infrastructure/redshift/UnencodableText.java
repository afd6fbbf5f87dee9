package io.qupersync.infrastructure.redshift;

/// A text that has no packed form here, such as a year before Christ: its row is read cell by cell.
final class UnencodableText extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnencodableText() {}

  UnencodableText(NumberFormatException notOne) {
    super(notOne);
  }
}
