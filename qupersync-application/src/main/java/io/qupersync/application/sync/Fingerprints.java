package io.qupersync.application.sync;

import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.Fingerprint.Item;
import io.qupersync.domain.progress.Mark;
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
      case JobSource.Query(SqlTemplate sql) -> query(sql.normalized());
      case JobSource.Nodes _ -> "the nodes of the cluster";
    };
  }

  /// Long queries are cut, and told apart by what they hash to.
  private static String query(String normalized) {
    return normalized.length() <= SHOWN
        ? "query " + normalized
        : "query %s … #%s".formatted(normalized.substring(0, SHOWN), hash(normalized));
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

  private static String columns(List<String> columns, List<Mark.Kind> kinds) {
    var text = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(columns.get(i))
          .append(' ')
          .append(kinds.get(i).name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  private static String initial(FirstRead first, Mark.Kind leading) {
    return switch (first) {
      case FirstRead.Everything _ -> "everything";
      case FirstRead.Ago(Duration reach) -> reach.toString();
      case FirstRead.At(String text) -> at(text, leading);
    };
  }

  /// A value that does not read fails the run by itself.
  private static String at(String text, Mark.Kind leading) {
    try {
      return Mark.parse(text, leading).text();
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
