package io.qupersync.domain.run;

import java.util.Locale;

/// What started a run.
public enum Trigger {
  CLI,
  API,
  SCHEDULE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Trigger ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
