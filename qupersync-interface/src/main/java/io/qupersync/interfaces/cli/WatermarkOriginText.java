package io.qupersync.interfaces.cli;

import io.qupersync.domain.progress.Fingerprint.Item;
import io.qupersync.domain.progress.WatermarkOrigin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a watermark was made for, as commands show it.
final class WatermarkOriginText {

  private WatermarkOriginText() {}

  /// Adds a line for it, and one for what was found lost.
  static void add(Map<String, String> lines, WatermarkOrigin origin) {
    lines.put(
        "made for",
        origin.fingerprint().items().entrySet().stream()
            .map(item -> "%s %s".formatted(word(item.getKey()), item.getValue()))
            .collect(Collectors.joining("; ")));
    origin.lost().ifPresent(reason -> lines.put("lost", reason));
  }

  private static String word(Item item) {
    return item == Item.TABLE ? "oid" : item.word();
  }

  static Map<String, @Nullable Object> json(WatermarkOrigin origin) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    origin.fingerprint().items().forEach((item, text) -> json.put(item.word(), text));
    return json;
  }
}
