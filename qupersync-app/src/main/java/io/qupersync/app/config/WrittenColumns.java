package io.qupersync.app.config;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ColumnRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks that the target columns which a job names elsewhere are not kept from being written by
/// its own `exclude` and `columns`. Whether the source has them, only the source can tell.
final class WrittenColumns {

  private static final Pattern LATEST_WINS = Pattern.compile("latest-wins\\(\\s*(.+?)\\s*\\)");

  private final Section job;
  private final ColumnRules columns;
  private final Section stamp;

  private WrittenColumns(Section job, ColumnRules columns) {
    this.job = job;
    this.columns = columns;
    this.stamp = job.child("stamp", Keys.STAMP);
  }

  static void check(Section job, ColumnRules columns) {
    var check = new WrittenColumns(job, columns);
    check.twice("key");
    check.twice("update_columns");
    check.ruledOut("key", job.readAll("key", Values::text));
    check.ruledOut("update_columns", job.readAll("update_columns", Values::text));
    check.ruledOut("conflict", check.latestWins());
    job.find("watermark", Keys.WATERMARK)
        .flatMap(watermark -> watermark.find("open", Keys.OPEN))
        .flatMap(open -> open.read("column", Values::text))
        .ifPresent(column -> check.ruledOut("watermark", List.of(column)));
    check.stamps();
  }

  private void twice(String key) {
    Set<String> seen = new HashSet<>();
    job.readAll(key, Values::text).stream()
        .filter(name -> !seen.add(name))
        .forEach(name ->
            job.problem(job.placeOf(key), "%s names '%s' twice; remove one".formatted(key, name)));
  }

  private List<String> latestWins() {
    return job.read("conflict", text -> text)
        .map(LATEST_WINS::matcher)
        .filter(Matcher::matches)
        .map(matcher -> List.of(matcher.group(1)))
        .orElse(List.of());
  }

  private void ruledOut(String key, List<String> names) {
    for (String name : names) {
      whyNotWritten(name)
          .ifPresent(why ->
              job.problem(
                  job.placeOf(key),
                  "%s: column '%s' is not written: %s".formatted(key, name, why)));
    }
  }

  private Optional<String> whyNotWritten(String name) {
    boolean isWritten =
        columns.rules().stream().anyMatch(rule -> rule.name().equals(name))
            || stamp.read("source", Values::text).filter(name::equals).isPresent();
    if (isWritten) {
      return Optional.empty();
    }
    if (columns.excluded().contains(name)) {
      return Optional.of("'exclude' names it; take it out there");
    }
    return columns.rules().stream()
        .filter(rule -> rule.sourceName().equals(name))
        .map(ColumnRule::name)
        .findFirst()
        .map(other ->
            "'columns' writes the source's '%1$s' to '%2$s'; name that one, '%2$s'"
                .formatted(name, other));
  }

  private void stamps() {
    var taken = new ArrayList<>(columns.rules().stream().map(ColumnRule::name).toList());
    for (String which : List.of("source", "time")) {
      stamp
          .read(which, Values::text)
          .ifPresent(name -> {
            if (taken.contains(name)) {
              stamp.problem(
                  stamp.placeOf(which),
                  "column '%s' would be written twice; name another".formatted(name));
            }
            taken.add(name);
          });
    }
  }
}
