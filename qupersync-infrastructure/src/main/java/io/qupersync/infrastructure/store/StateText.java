package io.qupersync.infrastructure.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// Texts of which nobody knows what they hold, on their way into the state: of rejected rows, of
/// servers, of watermarks. The database may lack some of their characters.
final class StateText {

  /// The one has them all, the other takes any bytes for a text.
  private static final Set<String> COMPLETE = Set.of("UTF8", "SQL_ASCII");

  private final boolean isNarrow;

  private StateText(boolean isNarrow) {
    this.isNarrow = isNarrow;
  }

  /// As that database can hold them.
  static StateText of(Connection connection) throws SQLException {
    String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    return new StateText(encoding != null && !COMPLETE.contains(encoding));
  }

  /// JSON means the same when its characters are escaped.
  String json(String text) {
    return isNarrow ? escaped(text) : text;
  }

  /// For people: what cannot be held stands there in its escaped form.
  String words(String text) {
    String storable = text.replace('\0', ' ');
    return isNarrow ? escaped(storable.replace("…", "...")) : storable;
  }

  @Nullable String wordsOrNull(@Nullable String text) {
    return text == null ? null : words(text);
  }

  private static String escaped(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    var escaped = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c < 0x80) {
            escaped.append((char) c);
          } else {
            escaped.append("\\u%04x".formatted(c));
          }
        });
    return escaped.toString();
  }
}
