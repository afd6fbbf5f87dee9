package io.qupersync.sandbox.data;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// One row in the text format of COPY, built column by column.
final class CopyLine {
  private final StringBuilder text = new StringBuilder();

  static CopyLine of(@Nullable Object... values) {
    var line = new CopyLine();
    for (Object value : values) {
      line.and(value);
    }
    return line;
  }

  /// Times are written as UTC without a zone, as system views hold them.
  CopyLine and(@Nullable Object value) {
    if (!text.isEmpty()) {
      text.append('\t');
    }
    switch (value) {
      case null -> text.append("\\N");
      case Instant instant -> text.append(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
      case String string -> escape(string);
      default -> text.append(value);
    }
    return this;
  }

  private void escape(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
