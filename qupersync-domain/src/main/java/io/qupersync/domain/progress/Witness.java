package io.qupersync.domain.progress;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A row of the target that was there when a run ended, the one with the highest watermark that the
/// run wrote. A target that has neither this row nor one as recent has lost rows, or is an older
/// state of itself.
///
/// @param key its key's columns, in their text form
/// @param mark what it holds of the watermark's leading column; empty where the target keeps none
public record Witness(Map<String, String> key, Optional<Column> mark) {

  /// A column and its value in its text form.
  public record Column(String name, String value) {}

  public Witness {
    key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
  }
}
