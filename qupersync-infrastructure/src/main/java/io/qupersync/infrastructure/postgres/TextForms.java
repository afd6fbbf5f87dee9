package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import java.sql.SQLException;

/// Texts in binary COPY: their bytes, without the escapes that keep them on one line.
final class TextForms {

  private static final int JSONB_VERSION = 1;

  private TextForms() {}

  static void text(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int escapes = escapes(text, from, to);
    out.cell(to - from - escapes);
    bytes(text, from, to, escapes, out);
  }

  static void jsonb(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int escapes = escapes(text, from, to);
    out.cell(1 + to - from - escapes);
    out.oneByte(JSONB_VERSION);
    bytes(text, from, to, escapes, out);
  }

  private static int escapes(byte[] text, int from, int to) {
    int escapes = 0;
    for (int at = from; at < to; at++) {
      if (text[at] == '\\') {
        escapes++;
        at++;
      }
    }
    return escapes;
  }

  private static void bytes(byte[] text, int from, int to, int escapes, BinaryBuffer out)
      throws SQLException {
    if (escapes == 0) {
      out.raw(text, from, to - from);
      return;
    }
    int begin = from;
    for (int at = from; at < to; at++) {
      if (text[at] == '\\') {
        out.raw(text, begin, at - begin);
        out.oneByte(PackedRows.unescaped(text[++at]));
        begin = at + 1;
      }
    }
    out.raw(text, begin, to - begin);
  }
}
