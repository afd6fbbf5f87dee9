package io.qupersync.infrastructure.store;

import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.Witness;
import io.qupersync.infrastructure.json.StateJson;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a watermark was made for, as `qupersync_state.metadata` holds it.
final class WatermarkOriginJson {

  private static final String FINGERPRINT = "fingerprint";
  static final String WITNESS = "witness";
  static final String LOST = "lost";
  private static final String BY = "by";
  static final String BY_HAND = "by_hand";

  /// In SQL: metadata without any of it but what tells how late rows came, and the watermark.
  static final String FORGOTTEN =
      "s.metadata - 'fingerprint' - 'witness' - 'lost' - 'by_hand' - 'by'";

  /// In SQL, beside [Fence#held]: which instance does it.
  static final String BY_THIS_INSTANCE = " || jsonb_build_object('by', (select owner from held))";

  private WatermarkOriginJson() {}

  static Optional<WatermarkOrigin> origin(String metadata) {
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(StateJson.read(metadata));
    return Optional.ofNullable(fields.get(FINGERPRINT))
        .map(items ->
            new WatermarkOrigin(
                fingerprint((Map<?, ?>) items),
                Optional.ofNullable(fields.get(WITNESS)).map(found -> witness((Map<?, ?>) found)),
                Optional.ofNullable(fields.get(LOST)).map(Object::toString),
                fields.containsKey(BY_HAND),
                Optional.ofNullable(fields.get(BY)).map(Object::toString)));
  }

  private static Fingerprint fingerprint(Map<?, ?> fields) {
    var items = new EnumMap<Fingerprint.Item, String>(Fingerprint.Item.class);
    fields.forEach((word, text) ->
        Fingerprint.Item.ofWord(String.valueOf(word))
            .ifPresent(item -> items.put(item, String.valueOf(text))));
    return new Fingerprint(items);
  }

  private static Witness witness(Map<?, ?> fields) {
    var key = new LinkedHashMap<String, String>();
    ((Map<?, ?>) Objects.requireNonNull(fields.get("key")))
        .forEach((column, value) -> key.put(String.valueOf(column), String.valueOf(value)));
    Object column = fields.get("column");
    Object value = fields.get("value");
    return new Witness(
        key,
        column == null || value == null
            ? Optional.empty()
            : Optional.of(new Witness.Column(column.toString(), value.toString())));
  }

  static Map<String, @Nullable Object> fields(Fingerprint fingerprint) {
    var items = new LinkedHashMap<String, @Nullable Object>();
    fingerprint.items().forEach((item, text) -> items.put(item.word(), text));
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put(FINGERPRINT, items);
    return fields;
  }

  /// The same, as someone said by hand.
  static Map<String, @Nullable Object> byHand(Fingerprint fingerprint) {
    Map<String, @Nullable Object> fields = fields(fingerprint);
    fields.put(BY_HAND, "yes");
    return fields;
  }

  static Map<String, @Nullable Object> fields(Witness witness) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("key", witness.key());
    witness
        .mark()
        .ifPresent(mark -> {
          fields.put("column", mark.name());
          fields.put("value", mark.value());
        });
    return fields;
  }
}
