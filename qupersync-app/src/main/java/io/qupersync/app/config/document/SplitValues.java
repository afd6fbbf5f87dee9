package io.qupersync.app.config.document;

import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts together what YAML takes apart. Between braces a comma ends a value, so that `{ type:
/// numeric(18,4) }` holds the value `numeric(18` and a key `4)` without one: surely not what was
/// meant.
final class SplitValues {

  private SplitValues() {}

  /// The fields of a mapping between braces.
  static Map<String, Field> joined(Map<String, Field> fields) {
    var joined = new LinkedHashMap<String, Field>();
    Optional<String> open = Optional.empty();
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      String rest = entry.getKey();
      if (open.isPresent() && entry.getValue().value() instanceof Node.Nothing) {
        joined.computeIfPresent(open.get(), (_, field) -> join(field, rest));
      } else {
        joined.put(rest, entry.getValue());
        open = Optional.of(rest);
      }
      open = open.filter(key -> isOpen(joined.get(key)));
    }
    return joined;
  }

  private static boolean isOpen(@Nullable Field field) {
    return field != null
        && field.value() instanceof Text text
        && text.written().lastIndexOf('(') > text.written().lastIndexOf(')');
  }

  private static Field join(Field field, String rest) {
    return field.value()
            instanceof Text(SourceLocation sourceLocation, String value, String written)
        ? new Field(
            field.keyPlace(), new Text(sourceLocation, value + "," + rest, written + "," + rest))
        : field;
  }
}
