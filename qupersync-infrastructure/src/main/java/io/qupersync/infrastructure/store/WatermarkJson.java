package io.qupersync.infrastructure.store;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.infrastructure.json.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watermarks, checkpoints and lateness as JSON that reads back to the very same values.
final class WatermarkJson {

  private static final String WATERMARK = "watermark";
  private static final String LATENESS = "lateness";
  private static final String BEGINNING = "beginning";
  private static final String MISSING = "missing";

  private WatermarkJson() {}

  /// What `qupersync_state.metadata` holds of a watermark.
  static String metadata(Watermark watermark) {
    return StateJson.write(Map.of(WATERMARK, list(watermark)));
  }

  /// The same, beside what else the state holds.
  static void put(Map<String, @Nullable Object> metadata, Watermark watermark) {
    metadata.put(WATERMARK, list(watermark));
  }

  static Optional<Watermark> watermark(String metadata) {
    return Optional.ofNullable(object(metadata).get(WATERMARK)).map(WatermarkJson::watermarkOf);
  }

  /// What `qupersync_state.metadata` holds of where the first run began.
  static String beginning(Watermark beginning) {
    return StateJson.write(Map.of(BEGINNING, list(beginning)));
  }

  static Optional<Watermark> beginning(String metadata) {
    return Optional.ofNullable(object(metadata).get(BEGINNING)).map(WatermarkJson::watermarkOf);
  }

  /// What `qupersync_state.metadata` holds of open rows that the source did not return.
  static String missing(Map<String, Instant> missing) {
    var fields = new LinkedHashMap<String, String>();
    missing.forEach((name, since) -> fields.put(name, since.toString()));
    return StateJson.write(Map.of(MISSING, fields));
  }

  static Map<String, Instant> missing(String metadata) {
    var missing = new LinkedHashMap<String, Instant>();
    if (object(metadata).get(MISSING) instanceof Map<?, ?> fields) {
      fields.forEach((name, since) -> missing.put((String) name, Instant.parse((String) since)));
    }
    return missing;
  }

  /// What `qupersync_state.metadata` holds of late rows.
  static String metadata(Lateness lateness) {
    var fields = new LinkedHashMap<String, String>();
    switch (lateness.most()) {
      case Lookback.OfTime(Duration most) -> fields.put("time", most.toString());
      case Lookback.OfCount(long most) -> fields.put("count", Long.toString(most));
      case Lookback.None _, Lookback.Unsaid _ ->
          throw new IllegalArgumentException("no lateness at all");
    }
    fields.put("rows", Long.toString(lateness.rows()));
    return StateJson.write(Map.of(LATENESS, fields));
  }

  static Optional<Lateness> lateness(String metadata) {
    return Optional.ofNullable(object(metadata).get(LATENESS)).map(WatermarkJson::latenessOf);
  }

  private static Lateness latenessOf(Object object) {
    Map<?, ?> fields = (Map<?, ?>) object;
    String time = (String) fields.get("time");
    long rows = Long.parseLong(text(fields, "rows"));
    return new Lateness(
        time == null
            ? new Lookback.OfCount(Long.parseLong(text(fields, "count")))
            : new Lookback.OfTime(Duration.parse(time)),
        rows);
  }

  private static String text(Map<?, ?> fields, String name) {
    return (String) Objects.requireNonNull(fields.get(name));
  }

  static String json(Checkpoint checkpoint) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("at", list(checkpoint.at()));
    checkpoint.ceiling().ifPresent(ceiling -> fields.put("ceiling", list(ceiling)));
    return StateJson.write(fields);
  }

  static Checkpoint checkpoint(String json) {
    Map<?, ?> fields = object(json);
    return new Checkpoint(
        watermarkOf(Objects.requireNonNull(fields.get("at"))),
        Optional.ofNullable(fields.get("ceiling")).map(WatermarkJson::watermarkOf));
  }

  private static List<Map<String, String>> list(Watermark watermark) {
    return watermark.marks().stream().map(WatermarkJson::fields).toList();
  }

  private static Map<String, String> fields(WatermarkValue watermarkValue) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("kind", watermarkValue.kind().name().toLowerCase(Locale.ROOT));
    fields.put("value", watermarkValue.text());
    return fields;
  }

  private static Map<?, ?> object(String json) {
    return (Map<?, ?>) Objects.requireNonNull(StateJson.read(json));
  }

  private static Watermark watermarkOf(Object list) {
    return new Watermark(((List<?>) list).stream().map(WatermarkJson::mark).toList());
  }

  private static WatermarkValue mark(@Nullable Object item) {
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(item);
    String kind = text(fields, "kind").toUpperCase(Locale.ROOT);
    return WatermarkValue.parse(text(fields, "value"), WatermarkValue.Kind.valueOf(kind));
  }
}
