package io.qupersync.domain.mapping;

import io.qupersync.domain.job.Normalization;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Cleans a text cell step by step.
final class Normalizer {

  private final List<Normalization> steps;

  Normalizer(List<Normalization> steps) {
    this.steps = steps;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  @Nullable Object apply(Object cell) {
    if (!(cell instanceof String text)) {
      return cell;
    }
    String cleaned = text;
    for (Normalization step : steps) {
      if (step == Normalization.EMPTY_AS_NULL && cleaned.isEmpty()) {
        return null;
      }
      cleaned = clean(cleaned, step);
    }
    return cleaned;
  }

  private static String clean(String text, Normalization step) {
    return switch (step) {
      case TRIM -> text.strip();
      case RTRIM -> text.stripTrailing();
      case LOWER -> text.toLowerCase(Locale.ROOT);
      case UPPER -> text.toUpperCase(Locale.ROOT);
      case STRIP_NUL -> text.indexOf('\0') < 0 ? text : text.replace("\0", "");
      case EMPTY_AS_NULL -> text;
    };
  }
}
