package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.CellText;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The cells of one column as PostgreSQL reads an array.
///
/// @see <a href="https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO">arrays</a>
final class ArrayText {

  private final StringBuilder text = new StringBuilder("{");

  void add(@Nullable Object cell) {
    if (text.length() > 1) {
      text.append(',');
    }
    switch (cell) {
      case null -> text.append("NULL");
      case Long number -> text.append(number.longValue());
      // not in full: 1E+1000 would fill a page
      case BigDecimal number -> text.append(number);
      case String words -> quoted(words);
      default -> quoted(CellText.of(cell));
    }
  }

  private void quoted(String words) {
    text.append('"');
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\');
      }
      text.append(c);
    }
    text.append('"');
  }

  int length() {
    return text.length();
  }

  /// To be called once, at the end.
  String ended() {
    return text.append('}').toString();
  }
}
