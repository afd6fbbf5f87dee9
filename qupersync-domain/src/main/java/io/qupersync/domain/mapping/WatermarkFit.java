package io.qupersync.domain.mapping;

import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether `lookback`, `initial` and the ends of a backfill are of the watermark column's type. One
/// of another kind would be ignored, or compared as something else.
public final class WatermarkFit {

  private WatermarkFit() {}

  /// What cannot be right before anyone has looked at the column: a lookback and an `initial` that
  /// no type satisfies together.
  public static Optional<String> contradiction(WatermarkRule rule) {
    boolean possible =
        Arrays.stream(WatermarkValue.Kind.values())
            .map(kind -> new Column(rule.columns().getFirst(), typeOf(kind), true))
            .anyMatch(column -> problems(rule, column).isEmpty());
    return possible
        ? Optional.empty()
        : Optional.of(
            "'lookback' and 'initial' do not go together: durations are for times, counts for numbers; write both of the kind that column '%s' is"
                .formatted(rule.columns().getFirst()));
  }

  /// What cannot be right of the ends of a backfill before anyone has looked at the column: no type
  /// that the rule may be about has such values, or has them in this order.
  public static Optional<String> contradiction(
      WatermarkRule rule, Optional<String> from, Optional<String> to) {
    List<Column> possible =
        Arrays.stream(WatermarkValue.Kind.values())
            .map(kind -> new Column(rule.columns().getFirst(), typeOf(kind), true))
            .filter(column -> problems(rule, column).isEmpty())
            .toList();
    return from.flatMap(text -> unreadable("--from", text, possible))
        .or(() -> to.flatMap(text -> unreadable("--to", text, possible)))
        .or(() -> from.flatMap(low -> to.flatMap(high -> unordered(low, high, possible))));
  }

  private static Optional<String> unreadable(String option, String text, List<Column> possible) {
    return possible.isEmpty()
            || possible.stream().anyMatch(column -> findMark(text, column).isPresent())
        ? Optional.empty()
        : whyNot(text, possible.getFirst()).map(why -> option + ": " + why);
  }

  private static Optional<String> unordered(String from, String to, List<Column> possible) {
    boolean isPossible =
        possible.isEmpty() || possible.stream().anyMatch(column -> areInOrder(from, to, column));
    boolean isOfOneKind =
        possible.stream()
            .anyMatch(
                column -> findMark(from, column).isPresent() && findMark(to, column).isPresent());
    return isPossible
        ? Optional.empty()
        : Optional.of(
            isOfOneKind
                ? "--from lies after --to; swap them"
                : "--from and --to are not values of one type");
  }

  private static boolean areInOrder(String from, String to, Column column) {
    return findMark(from, column)
        .flatMap(low -> findMark(to, column).map(high -> low.compareWith(high) <= 0))
        .orElse(false);
  }

  private static Optional<WatermarkValue> findMark(String text, Column column) {
    try {
      return Optional.of(mark(text, column));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> whyNot(String text, Column column) {
    try {
      WatermarkValue _ = mark(text, column);
      return Optional.empty();
    } catch (IllegalArgumentException unfit) {
      return Optional.ofNullable(unfit.getMessage());
    }
  }

  private static ColumnType typeOf(WatermarkValue.Kind kind) {
    return switch (kind) {
      case TIMESTAMP -> Plain.TIMESTAMP;
      case TIMESTAMPTZ -> Plain.TIMESTAMPTZ;
      case DATE -> Plain.DATE;
      case NUMBER -> Plain.NUMERIC;
      case TEXT -> Plain.TEXT;
    };
  }

  /// What is not of the type that the watermark's column has.
  ///
  /// @param source the columns of the job's rows; one that is not among them is no problem here
  public static List<String> problems(SyncJob job, TableShape source) {
    return job.extraction().watermark().map(rule -> problems(rule, source)).orElse(List.of());
  }

  static List<String> problems(WatermarkRule rule, TableShape source) {
    return source.columns().stream()
        .filter(column -> column.name().equals(rule.columns().getFirst()))
        .flatMap(leading -> problems(rule, leading).stream())
        .toList();
  }

  private static List<String> problems(WatermarkRule rule, Column leading) {
    var problems = new ArrayList<String>();
    WatermarkValue.Kind.of(leading.type())
        .ifPresent(kind -> {
          lookback(rule.lookback(), kind, leading).ifPresent(problems::add);
          initial(rule.first(), kind, leading).ifPresent(problems::add);
        });
    return List.copyOf(problems);
  }

  private static Optional<String> lookback(
      Lookback lookback, WatermarkValue.Kind kind, Column leading) {
    return switch (lookback) {
      case Lookback.None _, Lookback.Unsaid _ -> Optional.empty();
      case Lookback.OfTime(var reach) when reach.isZero() || kind.isTime() -> Optional.empty();
      case Lookback.OfTime _ ->
          Optional.of(
              kind == WatermarkValue.Kind.NUMBER
                  ? "lookback: a duration goes back from a time, and watermark column '%s' is %s; write a count such as 1000"
                      .formatted(leading.name(), leading.type().sql())
                  : noReach(leading));
      case Lookback.OfCount(long reach) when reach == 0 || kind == WatermarkValue.Kind.NUMBER ->
          Optional.empty();
      case Lookback.OfCount _ ->
          Optional.of(
              kind.isTime()
                  ? "lookback: a count goes back from a number, and watermark column '%s' is %s; write a duration such as 10m"
                      .formatted(leading.name(), leading.type().sql())
                  : noReach(leading));
    };
  }

  private static String noReach(Column leading) {
    return "lookback: nothing goes back from a text, and watermark column '%s' is %s; remove it"
        .formatted(leading.name(), leading.type().sql());
  }

  private static Optional<String> initial(
      FirstRead first, WatermarkValue.Kind kind, Column leading) {
    return switch (first) {
      case FirstRead.Everything _ -> Optional.empty();
      case FirstRead.Ago _ when kind.isTime() -> Optional.empty();
      case FirstRead.Ago _ ->
          Optional.of(
              "initial: a duration ago is a time, and watermark column '%s' is %s; write a value of it"
                  .formatted(leading.name(), leading.type().sql()));
      case FirstRead.At(String text) -> {
        try {
          WatermarkValue _ = mark(text, leading);
          yield Optional.empty();
        } catch (IllegalArgumentException unfit) {
          yield Optional.of("initial: " + unfit.getMessage());
        }
      }
    };
  }

  /// A value of the watermark column, as someone wrote it.
  ///
  /// @throws IllegalArgumentException when the column can hold no such value
  public static WatermarkValue mark(String text, Column leading) {
    ColumnType type = leading.type();
    WatermarkValue.Kind kind =
        WatermarkValue.Kind.of(type)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "column '%s' is %s, which has no order to rely on"
                        .formatted(leading.name(), type.sql())));
    Object cell = CellParser.read(text, type);
    return WatermarkValue.of(cell)
        .filter(watermarkValue -> watermarkValue.kind() == kind && holds(type, cell))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is no value of column '%s', which is %s"
                    .formatted(text, leading.name(), type.sql())));
  }

  private static boolean holds(ColumnType type, Object cell) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case SMALLINT -> isWithin(cell, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> isWithin(cell, Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> true;
          };
      case ColumnType.Decimal(int precision, int scale) ->
          cell instanceof BigDecimal number && fits(number.stripTrailingZeros(), precision, scale);
      case ColumnType.Fraction(_, int digits) -> isNoFinerThan(cell, digits);
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> true;
    };
  }

  private static boolean isWithin(Object cell, long least, long most) {
    return cell instanceof Long number && number >= least && number <= most;
  }

  private static boolean fits(BigDecimal number, int precision, int scale) {
    return number.scale() <= scale && number.precision() - number.scale() <= precision - scale;
  }

  private static boolean isNoFinerThan(Object cell, int digits) {
    int nanos =
        switch (cell) {
          case LocalDateTime time ->
              time.equals(LocalDateTime.MAX) ? 0 : time.get(ChronoField.NANO_OF_SECOND);
          case Instant instant ->
              instant.equals(Instant.MAX) ? 0 : instant.get(ChronoField.NANO_OF_SECOND);
          default -> 0;
        };
    return nanos % Math.powExact(10, 9 - digits) == 0;
  }
}
