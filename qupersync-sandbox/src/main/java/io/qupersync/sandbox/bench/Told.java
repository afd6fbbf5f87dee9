package io.qupersync.sandbox.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What QuperSync says of a run that has ended.
record Told(
    String status, long extracted, long inserted, long updated, long unchanged, long deleted) {

  static Told of(String json) {
    return new Told(
        text(json, "status"),
        number(json, "rows_extracted"),
        number(json, "rows_inserted"),
        number(json, "rows_updated"),
        number(json, "rows_unchanged"),
        number(json, "rows_deleted"));
  }

  long written() {
    return inserted + updated + deleted;
  }

  private static String text(String json, String name) {
    return find(json, "\"%s\":\"([a-z_]+)\"".formatted(name));
  }

  private static long number(String json, String name) {
    return Long.parseLong(find(json, "\"%s\":(\\d+)".formatted(name)));
  }

  private static String find(String json, String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("no %s in the answer %s".formatted(pattern, json));
    }
    return found.group(1);
  }
}
