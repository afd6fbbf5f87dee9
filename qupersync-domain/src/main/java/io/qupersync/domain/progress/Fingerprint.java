package io.qupersync.domain.progress;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a watermark was made for. Under another source, extraction, watermark column, key or target
/// the same value stands for other rows: a run that went on from it would miss some.
///
/// @param items in the words that are shown to people; an item that is not known is left out
public record Fingerprint(Map<Item, String> items) {

  private static final String INITIAL_EVERYTHING = "everything";
  private static final String APPEND = "append";

  /// The parts of a fingerprint, in the order in which they are shown.
  public enum Item {
    /// The database that is read, by host, port and name.
    SOURCE,
    /// The table or the query, without the bounds of a window.
    EXTRACTION,
    /// The watermark's columns and what they hold, the leading one first.
    WATERMARK,
    /// Where the first run begins.
    INITIAL,
    /// The key, and where its columns come from.
    KEY,
    MODE,
    /// The name of the table that is written.
    TARGET,
    /// What tells that table from another that is made under its name.
    TABLE,
    /// What else decides on the values that are written: column rules, conflict policy and so on.
    DEFINITION;

    /// As the state, the API and the command line spell it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for a word of a later version.
    public static Optional<Item> ofWord(String word) {
      for (Item item : values()) {
        if (item.word().equals(word)) {
          return Optional.of(item);
        }
      }
      return Optional.empty();
    }
  }

  /// An item that is no longer what it was.
  public record Change(Item item, String before, String after) {}

  public Fingerprint {
    var sorted = new EnumMap<Item, String>(Item.class);
    sorted.putAll(items);
    items = Collections.unmodifiableMap(sorted);
  }

  public Optional<String> of(Item item) {
    return Optional.ofNullable(items.get(item));
  }

  /// What has changed since, in such a way that a run that went on could miss rows.
  public List<Change> changesSince(Fingerprint earlier) {
    var changes = new ArrayList<Change>();
    for (Item item : Item.values()) {
      Optional<String> before = earlier.of(item);
      Optional<String> after = of(item);
      if (before.isPresent()
          && after.isPresent()
          && !before.equals(after)
          && !isHarmless(item, before.get(), after.get(), earlier)) {
        changes.add(new Change(item, before.get(), after.get()));
      }
    }
    return List.copyOf(changes);
  }

  /// How two definitions of one job differ, whether rows are missed by it or not. The table itself
  /// belongs to no definition.
  public List<Change> differencesFrom(Fingerprint other) {
    var differences = new ArrayList<Change>();
    for (Item item : Item.values()) {
      Optional<String> theirs = other.of(item);
      Optional<String> ours = of(item);
      if (item != Item.TABLE && theirs.isPresent() && ours.isPresent() && !theirs.equals(ours)) {
        differences.add(new Change(item, theirs.get(), ours.get()));
      }
    }
    return List.copyOf(differences);
  }

  private boolean isHarmless(Item item, String before, String after, Fingerprint earlier) {
    return switch (item) {
      case SOURCE, EXTRACTION, KEY -> false;
      // a watermark of fewer columns stands before all that begin with it
      case WATERMARK -> after.startsWith(before + ", ");
      case INITIAL -> isSameOrLater(before, after);
      // rows that were read are there; only what changes in them from now on stays out
      case MODE -> after.equals(APPEND);
      // the same table under another name
      case TARGET -> of(Item.TABLE).isPresent() && of(Item.TABLE).equals(earlier.of(Item.TABLE));
      // told as another target already
      case TABLE -> !of(Item.TARGET).equals(earlier.of(Item.TARGET));
      // rows that were read are there, by the former rules
      case DEFINITION -> true;
    };
  }

  /// Whether the first read begins no earlier than it did: rows before it were never promised.
  private static boolean isSameOrLater(String before, String after) {
    if (before.equals(INITIAL_EVERYTHING)) {
      return true;
    }
    Optional<Duration> reach = duration(before);
    if (reach.isPresent()) {
      return duration(after).filter(now -> now.compareTo(reach.get()) <= 0).isPresent();
    }
    if (duration(after).isPresent() || after.equals(INITIAL_EVERYTHING)) {
      return false;
    }
    Optional<BigDecimal> number = number(before);
    return number.isPresent()
        ? number(after).filter(now -> now.compareTo(number.get()) >= 0).isPresent()
        : after.compareTo(before) >= 0;
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> number(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
