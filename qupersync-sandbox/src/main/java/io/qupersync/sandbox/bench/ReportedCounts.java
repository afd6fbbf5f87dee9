package io.qupersync.sandbox.bench;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What QuperSync says of a run that has ended.
record ReportedCounts(
    String status, long extracted, long inserted, long updated, long unchanged, long deleted) {

  /// @param json one run or more
  static ReportedCounts sumOf(String json) {
    return new ReportedCounts(
        statuses(json),
        number(json, "rows_extracted"),
        number(json, "rows_inserted"),
        number(json, "rows_updated"),
        number(json, "rows_unchanged"),
        number(json, "rows_deleted"));
  }

  long written() {
    return inserted + updated + deleted;
  }

  /// The one status of all, or all there are.
  private static String statuses(String json) {
    return values(json, "\"status\":\"([a-z_]+)\"").distinct().collect(Collectors.joining(", "));
  }

  private static long number(String json, String name) {
    return values(json, "\"%s\":(\\d+)".formatted(name)).mapToLong(Long::parseLong).sum();
  }

  private static Stream<String> values(String json, String pattern) {
    return Pattern.compile(pattern).matcher(json).results().map(found -> found.group(1));
  }
}
