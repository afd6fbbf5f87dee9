package io.qupersync.domain.progress;

import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// One value of a watermark column. Marks of one kind have an order; across kinds they have none.
public sealed interface WatermarkValue {

  Kind kind();

  /// The cell the mark was read from.
  Object cell();

  /// What a watermark column may be; PostgreSQL's and Redshift's time types, numbers and texts.
  enum Kind {
    TIMESTAMP(Plain.TIMESTAMP),
    TIMESTAMPTZ(Plain.TIMESTAMPTZ),
    DATE(Plain.DATE),
    NUMBER(Plain.NUMERIC),
    TEXT(Plain.TEXT);

    private final Plain type;

    Kind(Plain type) {
      this.type = type;
    }

    /// The kind of a column's marks; empty for a type that has no order to rely on.
    public static Optional<Kind> of(ColumnType type) {
      return switch (type) {
        case Plain plain ->
            switch (plain) {
              case SMALLINT, INTEGER, BIGINT, NUMERIC -> Optional.of(NUMBER);
              case TEXT -> Optional.of(TEXT);
              case DATE -> Optional.of(DATE);
              case TIMESTAMP -> Optional.of(TIMESTAMP);
              case TIMESTAMPTZ -> Optional.of(TIMESTAMPTZ);
              default -> Optional.empty();
            };
        case ColumnType.Fraction(Plain base, _) -> of(base);
        case ColumnType.Decimal _ -> Optional.of(NUMBER);
        case ColumnType.Varchar _, ColumnType.Char _ -> Optional.of(TEXT);
        case ColumnType.Other _ -> Optional.empty();
      };
    }

    public boolean isTime() {
      return this == TIMESTAMP || this == TIMESTAMPTZ || this == DATE;
    }
  }

  record Timestamp(LocalDateTime cell) implements WatermarkValue {
    @Override
    public Kind kind() {
      return Kind.TIMESTAMP;
    }
  }

  record TimestampTz(Instant cell) implements WatermarkValue {
    @Override
    public Kind kind() {
      return Kind.TIMESTAMPTZ;
    }
  }

  record Date(LocalDate cell) implements WatermarkValue {
    @Override
    public Kind kind() {
      return Kind.DATE;
    }
  }

  record Numeric(BigDecimal cell) implements WatermarkValue {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  record Text(String cell) implements WatermarkValue {
    @Override
    public Kind kind() {
      return Kind.TEXT;
    }
  }

  /// The mark of a cell; empty for a value that can be none, such as NaN.
  static Optional<WatermarkValue> of(Object cell) {
    return Optional.ofNullable(
        switch (cell) {
          case LocalDateTime moment -> new Timestamp(moment);
          case Instant instant -> new TimestampTz(instant);
          case LocalDate date -> new Date(date);
          case Long number -> new Numeric(BigDecimal.valueOf(number));
          case BigDecimal number -> new Numeric(number);
          case String text -> new Text(text);
          default -> null;
        });
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException when the text is no value of the kind
  static WatermarkValue parse(String text, Kind kind) {
    return of(CellParser.read(text, kind.type))
        .orElseThrow(
            () -> new IllegalArgumentException("'%s' has no place among numbers".formatted(text)));
  }

  /// The mark of the source's present, for a time kind. A column without zone holds UTC.
  static WatermarkValue at(Instant now, Kind kind) {
    LocalDateTime utc = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return switch (kind) {
      case TIMESTAMP -> new Timestamp(utc);
      case TIMESTAMPTZ -> new TimestampTz(now);
      case DATE -> new Date(utc.toLocalDate());
      case NUMBER, TEXT ->
          throw new IllegalArgumentException("the clock gives no mark of kind " + kind);
    };
  }

  /// The moment it stands for: a time without zone is UTC, a date its midnight. Empty for what is
  /// no time, and for infinity.
  default Optional<Instant> instant() {
    if (!isFinite()) {
      return Optional.empty();
    }
    return switch (this) {
      case Timestamp(LocalDateTime cell) -> Optional.of(cell.toInstant(ZoneOffset.UTC));
      case TimestampTz(Instant cell) -> Optional.of(cell);
      case Date(LocalDate cell) -> Optional.of(cell.atStartOfDay().toInstant(ZoneOffset.UTC));
      case Numeric _, Text _ -> Optional.empty();
    };
  }

  /// Whether it stands for no infinity, on either side.
  default boolean isFinite() {
    return !switch (this) {
      case Timestamp(LocalDateTime cell) ->
          cell.equals(LocalDateTime.MAX) || cell.equals(LocalDateTime.MIN);
      case TimestampTz(Instant cell) -> cell.equals(Instant.MAX) || cell.equals(Instant.MIN);
      case Date(LocalDate cell) -> cell.equals(LocalDate.MAX) || cell.equals(LocalDate.MIN);
      case Numeric _, Text _ -> false;
    };
  }

  /// The mark so much earlier; a date goes back whole days, rounded up.
  default WatermarkValue minus(Duration reach) {
    return isFinite() ? earlier(reach) : this;
  }

  private WatermarkValue earlier(Duration reach) {
    return switch (this) {
      case Timestamp(LocalDateTime cell) -> new Timestamp(cell.minus(reach));
      case TimestampTz(Instant cell) -> new TimestampTz(cell.minus(reach));
      case Date(LocalDate cell) ->
          new Date(cell.minusDays(reach.plusDays(1).minusNanos(1).toDays()));
      case Numeric _, Text _ -> this;
    };
  }

  default WatermarkValue minus(long count) {
    return this instanceof Numeric(BigDecimal cell)
        ? new Numeric(cell.subtract(BigDecimal.valueOf(count)))
        : this;
  }

  /// Negative, zero or positive, as this is before, at or after the other.
  ///
  /// @throws IllegalArgumentException when the kinds differ
  default int compareWith(WatermarkValue other) {
    return switch (this) {
      case Timestamp(LocalDateTime cell) when other instanceof Timestamp(LocalDateTime theirs) ->
          cell.compareTo(theirs);
      case TimestampTz(Instant cell) when other instanceof TimestampTz(Instant theirs) ->
          cell.compareTo(theirs);
      case Date(LocalDate cell) when other instanceof Date(LocalDate theirs) ->
          cell.compareTo(theirs);
      case Numeric(BigDecimal cell) when other instanceof Numeric(BigDecimal theirs) ->
          cell.compareTo(theirs);
      case Text(String cell) when other instanceof Text(String theirs) -> cell.compareTo(theirs);
      default ->
          throw new IllegalArgumentException(
              "no order between %s and %s".formatted(kind(), other.kind()));
    };
  }

  /// As PostgreSQL writes the value.
  default String text() {
    return CellText.of(cell());
  }
}
