package io.qupersync.interfaces.cli;

import io.qupersync.domain.table.CellText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Cells as people and programs want to see them.
final class CellView {

  private CellView() {}

  static String text(@Nullable Object cell) {
    return cell == null ? "NULL" : CellText.of(cell);
  }

  /// A number, a truth value, null, or the text form of anything else.
  static @Nullable Object json(@Nullable Object cell) {
    return switch (cell) {
      case null -> null;
      case Long number -> number;
      case Boolean truth -> truth;
      case BigDecimal number -> number;
      case Double number when Double.isFinite(number) -> number;
      case Float number when Float.isFinite(number) -> number;
      default -> CellText.of(cell);
    };
  }
}
