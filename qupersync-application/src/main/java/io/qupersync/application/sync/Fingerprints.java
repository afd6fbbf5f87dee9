package io.qupersync.application.sync;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.Fingerprint.Item;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.TableRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Says of a job what its watermark is made for.
final class Fingerprints {

  private static final int SHOWN = 300;
  private static final int DIGITS = 16;

  private Fingerprints() {}

  /// @param source which database is read
  /// @param table what tells the target from another table of its name; empty when there is none
  static Fingerprint of(TableMapping mapping, String source, Optional<String> table) {
    Extraction extraction = mapping.job().extraction();
    Optional<WatermarkReader> reader = mapping.watermark();
    Optional<WatermarkRule> rule = extraction.watermark();
    var items = new EnumMap<Item, String>(Item.class);
    items.put(Item.SOURCE, source);
    items.put(Item.EXTRACTION, extraction(extraction));
    if (reader.isPresent() && rule.isPresent()) {
      items.put(Item.WATERMARK, columns(rule.get().columns(), reader.get().kinds()));
    }
    if (extraction.builtIn().isEmpty()) {
      // of a built-in job all this belongs to the program, whose next version may say it otherwise
      if (reader.isPresent() && rule.isPresent()) {
        items.put(Item.INITIAL, initial(rule.get().first(), reader.get().kinds().getFirst()));
      }
      items.put(Item.KEY, key(mapping));
      items.put(Item.MODE, mapping.job().mode().name().toLowerCase(Locale.ROOT));
      items.put(Item.DEFINITION, shortened("", rules(mapping.job())));
    }
    items.put(Item.TARGET, mapping.job().destination().table().quoted());
    table.ifPresent(identity -> items.put(Item.TABLE, identity));
    return new Fingerprint(items);
  }

  private static String extraction(Extraction extraction) {
    if (extraction.builtIn().isPresent()) {
      return "built-in " + extraction.builtIn().get();
    }
    return switch (extraction.source()) {
      case JobSource.Table(TableRef table) -> "table " + table.quoted();
      case JobSource.Query(SqlTemplate sql) -> shortened("query ", sql.normalized());
      case JobSource.Nodes _ -> "the nodes of the cluster";
    };
  }

  /// Long texts are cut, and told apart by their hash.
  private static String shortened(String name, String text) {
    return text.length() <= SHOWN
        ? name + text
        : "%s%s … #%s".formatted(name, text.substring(0, SHOWN), hash(text));
  }

  /// Written here word by word, not by `toString`: two versions of the program must write the same.
  private static String rules(SyncJob job) {
    Destination destination = job.destination();
    var rules = new StringBuilder("conflict ").append(conflict(destination.conflict()));
    append(rules, "update_columns", destination.updateColumns());
    append(rules, "exclude", job.columns().excluded().stream().sorted().toList());
    append(
        rules, "columns", job.columns().rules().stream().map(Fingerprints::rule).sorted().toList());
    append(
        rules,
        "stamps",
        Stream.of(destination.stamps().source(), destination.stamps().time())
            .flatMap(Optional::stream)
            .toList());
    return rules.toString();
  }

  private static void append(StringBuilder rules, String name, List<String> values) {
    if (!values.isEmpty()) {
      rules.append("; ").append(name).append(' ').append(String.join(", ", values));
    }
  }

  private static String conflict(ConflictPolicy policy) {
    return switch (policy) {
      case ConflictPolicy.SourceWins _ -> "source-wins";
      case ConflictPolicy.TargetWins _ -> "target-wins";
      case ConflictPolicy.LatestWins(String column) -> "latest-wins(%s)".formatted(column);
      case ConflictPolicy.Merge _ -> "merge";
    };
  }

  private static String rule(ColumnRule rule) {
    var text = new StringBuilder(rule.name());
    rule.from().ifPresent(from -> text.append(" from ").append(from));
    rule.type().ifPresent(type -> text.append(" type ").append(type.sql()));
    if (rule.required()) {
      text.append(" required");
    }
    rule.defaultValue().ifPresent(value -> text.append(" default #").append(hash(value)));
    rule.normalize().forEach(step -> text.append(' ').append(step.name().toLowerCase(Locale.ROOT)));
    return text.toString();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private static String columns(List<String> columns, List<WatermarkValue.Kind> kinds) {
    var text = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(columns.get(i))
          .append(' ')
          .append(kinds.get(i).name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String initial(FirstRead first, WatermarkValue.Kind leading) {
    return switch (first) {
      case FirstRead.Everything _ -> "everything";
      case FirstRead.Ago(Duration reach) -> reach.toString();
      case FirstRead.At(String text) -> at(text, leading);
    };
  }

  /// A value that does not read fails the run by itself.
  private static String at(String text, WatermarkValue.Kind leading) {
    try {
      return WatermarkValue.parse(text, leading).text();
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /// A set: the order of its columns is nobody's business.
  private static String key(TableMapping mapping) {
    List<String> key = mapping.job().destination().key();
    return mapping.columns().stream()
        .filter(column -> key.contains(column.target().name()))
        .map(Fingerprints::keyColumn)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String keyColumn(ColumnMapping column) {
    String name = column.target().name();
    return switch (column.origin()) {
      case CellOrigin.SourceColumn(_, var source) ->
          source.name().equals(name) ? name : "%s from %s".formatted(name, source.name());
      case CellOrigin.Constant(Object constant) -> "%s = %s".formatted(name, CellText.of(constant));
    };
  }
}
