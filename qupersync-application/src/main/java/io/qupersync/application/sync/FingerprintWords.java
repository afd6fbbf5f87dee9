package io.qupersync.application.sync;

import io.qupersync.domain.progress.Fingerprint.Change;
import io.qupersync.domain.progress.Fingerprint.Item;

/// Says what has changed, in one line. Long texts are shown around the place where they differ.
final class FingerprintWords {

  private static final int LONG = 80;
  private static final int BEFORE = 30;

  private FingerprintWords() {}

  static String of(Change change) {
    int same = common(change.before(), change.after());
    return "%s: %s → %s"
        .formatted(
            name(change.item()), excerpt(change.before(), same), excerpt(change.after(), same));
  }

  private static String name(Item item) {
    return switch (item) {
      case SOURCE -> "source";
      case EXTRACTION -> "what is read";
      case WATERMARK -> "watermark column";
      case INITIAL -> "initial";
      case KEY -> "key";
      case MODE -> "mode";
      case TARGET -> "target";
      case TABLE -> "the target table was made anew, oid";
      case DEFINITION -> "rules";
    };
  }

  private static int common(String one, String other) {
    int most = Math.min(one.length(), other.length());
    int same = 0;
    while (same < most && one.charAt(same) == other.charAt(same)) {
      same++;
    }
    return same;
  }

  private static String excerpt(String text, int from) {
    if (text.length() <= LONG) {
      return text;
    }
    int begin = Math.max(0, Math.min(from - BEFORE, text.length() - LONG));
    int end = Math.min(text.length(), begin + LONG);
    return (begin > 0 ? "…" : "") + text.substring(begin, end) + (end < text.length() ? "…" : "");
  }
}
