package io.qupersync.sandbox.bench;

import java.util.Locale;

/// Something to reach, and what was reached.
///
/// @param work its name and what it is
/// @param against what it is compared with
/// @param wanted in words
/// @param measured in words
public record Goal(String work, String against, String wanted, String measured, boolean met) {

  /// So many times as fast as another.
  static Goal faster(String work, String against, double wanted, double measured) {
    return new Goal(
        work,
        against,
        String.format(Locale.ROOT, "%.1f ×", wanted),
        String.format(Locale.ROOT, "%.2f ×", measured),
        measured >= wanted);
  }
}
