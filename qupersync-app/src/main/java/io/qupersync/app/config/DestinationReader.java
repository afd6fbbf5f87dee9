package io.qupersync.app.config;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.MetadataColumns;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.text.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads where a job writes, and how: `target`, `key`, `conflict`, `update_columns`, `stamp`.
final class DestinationReader {

  private static final Pattern LATEST_WINS = Pattern.compile("latest-wins\\(\\s*(.+?)\\s*\\)");
  private static final List<String> POLICIES =
      List.of("source-wins", "target-wins", "latest-wins(updated_at)", "merge");

  private final String schema;

  /// @param schema of target tables that name none
  DestinationReader(String schema) {
    this.schema = schema;
  }

  /// Where a job writes, also one that has problems.
  Optional<TableRef> table(Section job) {
    return job.required(
        "target",
        text -> TableRef.parse(text, schema),
        "'target' is missing; name the table to write, such as target: analytics.orders");
  }

  Optional<Destination> read(Section job) {
    Optional<TableRef> table = table(job);
    if (!job.has("key")) {
      job.problem(
          job.place(),
          "'key' is missing; name the columns that tell one row from another, such as key: [order_id]");
    }
    List<String> key = job.readAll("key", Values::text);
    ConflictPolicy conflict =
        job.read("conflict", DestinationReader::conflict).orElseGet(ConflictPolicy.SourceWins::new);
    List<String> updateColumns = job.readAll("update_columns", Values::text);
    SchemaPolicy evolution =
        job.read("schema", Values.oneOf(SchemaPolicy.class, '_')).orElse(SchemaPolicy.EVOLVE);
    Section stamp = job.child("stamp", Keys.STAMP);
    var metadataColumns =
        new MetadataColumns(stamp.read("source", Values::text), stamp.read("time", Values::text));
    if (table.isEmpty() || !job.has("key")) {
      return Optional.empty();
    }
    return job.built(
        job.placeOf("key"),
        () ->
            new Destination(table.get(), key, conflict, updateColumns, metadataColumns, evolution));
  }

  private static ConflictPolicy conflict(String text) {
    Matcher latest = LATEST_WINS.matcher(text);
    if (latest.matches()) {
      return new ConflictPolicy.LatestWins(latest.group(1));
    }
    return switch (text) {
      case "source-wins" -> new ConflictPolicy.SourceWins();
      case "target-wins", "dest-wins" -> new ConflictPolicy.TargetWins();
      case "merge" -> new ConflictPolicy.Merge();
      default ->
          throw new IllegalArgumentException(
              "'%s' is not known; %s".formatted(text, Suggestion.advice(text, POLICIES)));
    };
  }
}
