package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Char;
import io.qupersync.domain.table.ColumnType.Decimal;
import io.qupersync.domain.table.ColumnType.Fraction;
import io.qupersync.domain.table.ColumnType.Other;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.ColumnType.Varchar;
import io.qupersync.domain.table.TypeMapping.Checked;
import io.qupersync.domain.table.TypeMapping.Exact;
import io.qupersync.domain.table.TypeMapping.Lossy;
import io.qupersync.domain.table.TypeMapping.Narrowed;
import io.qupersync.domain.table.TypeMapping.Refused;
import io.qupersync.domain.table.TypeMapping.Widened;

/// Decides, for each pair of source and target type, what becomes of the values.
public final class TypeMapper {

  private TypeMapper() {}

  public static TypeMapping map(ColumnType source, ColumnType target) {
    if (target instanceof Other(String name)) {
      return isBytes(source)
          ? refused(source, target)
          : new Checked(TextConversions.TO_TEXT.then(TargetTexts.of(name)));
    }
    if (source.equals(target)) {
      return new Exact();
    }
    return switch (target) {
      case Plain plain -> toPlain(source, plain);
      case Decimal decimal -> toDecimal(source, decimal);
      case Varchar(int length) -> toSizedText(source, length);
      case Char(int length) -> toPaddedText(source, length);
      case Fraction(Plain base, int digits) -> toFraction(source, base, digits);
      case Other _ -> throw new IllegalArgumentException("seen to before");
    };
  }

  /// The cell that a text stands for, as somebody wrote it; a [ConversionRefusal] when the type has
  /// no such value.
  public static Object ofText(String text, ColumnType type) {
    return switch (map(Plain.TEXT, type)) {
      case Exact _ -> text;
      case Widened(Converter converter) -> converter.convert(text);
      case Narrowed(Converter converter) -> converter.convert(text);
      case Checked(Converter converter) -> converter.convert(text);
      case Lossy(Converter converter, _) -> converter.convert(text);
      case Refused(String reason) -> new ConversionRefusal(reason);
    };
  }

  /// Whether both are integers or decimals, floats, texts, or times of one kind: whether one may
  /// stand for a wider or narrower form of the other.
  public static boolean sameFamily(ColumnType one, ColumnType other) {
    return family(one) == family(other);
  }

  private static Plain family(ColumnType type) {
    return switch (base(type)) {
      case SMALLINT, INTEGER, BIGINT, NUMERIC -> Plain.NUMERIC;
      case REAL, DOUBLE -> Plain.DOUBLE;
      default -> base(type);
    };
  }

  private static TypeMapping toPlain(ColumnType source, Plain target) {
    return switch (target) {
      case BOOLEAN -> toBoolean(source, target);
      case SMALLINT -> toInteger(source, target, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> toInteger(source, target, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> toInteger(source, target, Long.MIN_VALUE, Long.MAX_VALUE);
      case NUMERIC -> toNumeric(source, target);
      case REAL -> toReal(source, target);
      case DOUBLE -> toDouble(source, target);
      case TEXT -> toText(source);
      case DATE -> toDate(source, target);
      case TIMESTAMP -> toTimestamp(source, target);
      case TIMESTAMPTZ -> toTimestampTz(source, target);
      case BYTEA -> refused(source, target);
      case TIME, TIMETZ, INTERVAL ->
          isText(source) || base(source) == target
              ? new Narrowed(
                  TextConversions.TO_TEXT
                      .then(TimeConversions.readAs(target))
                      .then(TimeConversions.fitting(6)))
              : refused(source, target);
      case JSON ->
          source == Plain.JSONB ? new Widened(Converter.IDENTITY) : parsedByTarget(source, target);
      case JSONB ->
          source == Plain.JSON
              ? new Lossy(
                  Converter.IDENTITY, "jsonb keeps neither the order of keys nor repeated ones")
              : isText(source)
                  ? new Narrowed(TextConversions.WITHOUT_REPEATED_NAMES)
                  : refused(source, target);
      case UUID -> parsedByTarget(source, target);
    };
  }

  private static TypeMapping toBoolean(ColumnType source, ColumnType target) {
    if (isInteger(source)) {
      return new Narrowed(NumberConversions.INTEGER_TO_BOOLEAN);
    }
    return isText(source) ? new Narrowed(TextConversions.TO_BOOLEAN) : refused(source, target);
  }

  private static TypeMapping toInteger(
      ColumnType source, ColumnType target, long least, long most) {
    Converter inRange = NumberConversions.inRange(least, most, target.sql());
    if (source == Plain.BOOLEAN) {
      return new Widened(NumberConversions.BOOLEAN_TO_INTEGER);
    }
    if (isInteger(source)) {
      return integerBits(source) <= integerBits(target)
          ? new Widened(Converter.IDENTITY)
          : new Narrowed(inRange);
    }
    if (isDecimal(source) || isFloat(source)) {
      return new Narrowed(
          NumberConversions.TO_DECIMAL.then(NumberConversions.DECIMAL_TO_INTEGER).then(inRange));
    }
    return isText(source)
        ? new Narrowed(
            TextConversions.TO_NUMBER.then(NumberConversions.DECIMAL_TO_INTEGER).then(inRange))
        : refused(source, target);
  }

  private static TypeMapping toNumeric(ColumnType source, ColumnType target) {
    if (isInteger(source) || isDecimal(source) || isFloat(source)) {
      return new Widened(NumberConversions.TO_DECIMAL);
    }
    return isText(source) ? new Narrowed(TextConversions.TO_NUMBER) : refused(source, target);
  }

  private static TypeMapping toDecimal(ColumnType source, Decimal target) {
    Converter fitting = NumberConversions.fitting(target);
    if (source instanceof Decimal(int precision, int scale)
        && target.scale() >= scale
        && target.precision() - target.scale() >= precision - scale) {
      return new Widened(Converter.IDENTITY);
    }
    if (isInteger(source) || isDecimal(source) || isFloat(source)) {
      return new Narrowed(NumberConversions.TO_DECIMAL.then(fitting));
    }
    return isText(source)
        ? new Narrowed(TextConversions.TO_NUMBER.then(fitting))
        : refused(source, target);
  }

  private static TypeMapping toReal(ColumnType source, ColumnType target) {
    if (isInteger(source) || isDecimal(source) || source == Plain.DOUBLE) {
      return new Lossy(NumberConversions.TO_FLOAT, "real keeps about 6 digits");
    }
    return isText(source)
        ? new Lossy(
            TextConversions.TO_NUMBER.then(NumberConversions.TO_FLOAT), "real keeps about 6 digits")
        : refused(source, target);
  }

  private static TypeMapping toDouble(ColumnType source, ColumnType target) {
    if (source == Plain.REAL || source == Plain.SMALLINT || source == Plain.INTEGER) {
      return new Widened(NumberConversions.TO_DOUBLE);
    }
    if (isInteger(source) || isDecimal(source)) {
      return new Lossy(NumberConversions.TO_DOUBLE, "double precision keeps about 15 digits");
    }
    return isText(source)
        ? new Lossy(
            TextConversions.TO_NUMBER.then(NumberConversions.TO_DOUBLE),
            "double precision keeps about 15 digits")
        : refused(source, target);
  }

  private static TypeMapping toText(ColumnType source) {
    if (source instanceof Char) {
      return new Widened(TextConversions.UNPADDED);
    }
    return new Widened(isText(source) ? Converter.IDENTITY : TextConversions.TO_TEXT);
  }

  private static TypeMapping toSizedText(ColumnType source, int length) {
    Converter text = source instanceof Char ? TextConversions.UNPADDED : TextConversions.TO_TEXT;
    Converter fitting = text.then(TextConversions.fitting(length));
    return source instanceof Varchar(int theirs) && theirs <= length
        ? new Widened(Converter.IDENTITY)
        : new Narrowed(fitting);
  }

  /// PostgreSQL pads on its own, and holds texts equal that differ in padding only: without it, so
  /// do we.
  private static TypeMapping toPaddedText(ColumnType source, int length) {
    return switch (toSizedText(source, length)) {
      case Widened _ -> new Widened(TextConversions.UNPADDED);
      case Narrowed(Converter fitting) -> new Narrowed(fitting.then(TextConversions.UNPADDED));
      case TypeMapping other -> other;
    };
  }

  private static TypeMapping toDate(ColumnType source, ColumnType target) {
    if (base(source) == Plain.TIMESTAMP) {
      return new Narrowed(TimeConversions.TIMESTAMP_TO_DATE);
    }
    return isText(source) ? new Narrowed(TextConversions.TO_DATE) : refused(source, target);
  }

  private static TypeMapping toTimestamp(ColumnType source, ColumnType target) {
    return switch (base(source)) {
      case TIMESTAMP -> new Widened(Converter.IDENTITY);
      case DATE -> new Widened(TimeConversions.DATE_TO_TIMESTAMP);
      case TIMESTAMPTZ ->
          new Lossy(TimeConversions.INSTANT_TO_TIMESTAMP, "the zone goes, the time is UTC");
      default ->
          isText(source) ? new Narrowed(TextConversions.TO_TIMESTAMP) : refused(source, target);
    };
  }

  private static TypeMapping toTimestampTz(ColumnType source, ColumnType target) {
    return switch (base(source)) {
      case TIMESTAMPTZ -> new Widened(Converter.IDENTITY);
      case TIMESTAMP ->
          new Lossy(TimeConversions.TIMESTAMP_TO_INSTANT, "the time is taken to be UTC");
      default ->
          isText(source) ? new Narrowed(TextConversions.TO_INSTANT) : refused(source, target);
    };
  }

  private static TypeMapping toFraction(ColumnType source, Plain base, int digits) {
    if (source instanceof Fraction(Plain theirs, int fewer) && theirs == base && fewer <= digits) {
      return new Widened(Converter.IDENTITY);
    }
    TypeMapping whole = source == base ? new Exact() : toPlain(source, base);
    Converter fitting = TimeConversions.fitting(digits);
    return switch (whole) {
      case Exact _ -> new Narrowed(fitting);
      case Widened(Converter converter) -> new Narrowed(converter.then(fitting));
      case Narrowed(Converter converter) -> new Narrowed(converter.then(fitting));
      case Checked(Converter converter) -> new Checked(converter.then(fitting));
      case Lossy(Converter converter, String loss) -> new Lossy(converter.then(fitting), loss);
      case Refused refused -> refused;
    };
  }

  private static TypeMapping parsedByTarget(ColumnType source, ColumnType target) {
    return isText(source) ? new Narrowed(Converter.IDENTITY) : refused(source, target);
  }

  private static Refused refused(ColumnType source, ColumnType target) {
    return new Refused("%s cannot become %s".formatted(source.sql(), target.sql()));
  }

  private static Plain base(ColumnType type) {
    return switch (type) {
      case Plain plain -> plain;
      case Fraction(Plain base, _) -> base;
      case Decimal _ -> Plain.NUMERIC;
      case Varchar _, Char _, Other _ -> Plain.TEXT;
    };
  }

  private static boolean isText(ColumnType type) {
    return base(type) == Plain.TEXT
        || type == Plain.JSON
        || type == Plain.JSONB
        || type == Plain.UUID;
  }

  private static boolean isBytes(ColumnType type) {
    return type == Plain.BYTEA;
  }

  private static boolean isInteger(ColumnType type) {
    return type == Plain.SMALLINT || type == Plain.INTEGER || type == Plain.BIGINT;
  }

  private static int integerBits(ColumnType type) {
    return type == Plain.SMALLINT ? 16 : type == Plain.INTEGER ? 32 : 64;
  }

  private static boolean isDecimal(ColumnType type) {
    return base(type) == Plain.NUMERIC;
  }

  private static boolean isFloat(ColumnType type) {
    return type == Plain.REAL || type == Plain.DOUBLE;
  }
}
