package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.sql.SQLException;
import java.util.Optional;

/// Turns a cell's text form into the form that its type has in binary COPY. Decided once for each
/// column of a load.
///
/// It knows what databases usually send, and refuses everything else (`infinity`, years beyond
/// 9999, numbers out of range): the text form is then left to PostgreSQL to read.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-overview.html">formats</a>
@FunctionalInterface
interface BinaryForm {

  /// Writes one cell that is not NULL, its length first. After a refusal the buffer is spoiled.
  ///
  /// @param text holds the cell in the text form of COPY, escaped
  void write(byte[] text, int from, int to, BinaryBuffer out) throws SQLException;

  /// @param type of the column in the target; of a domain, the type beneath
  /// @return empty for a type whose text is better left to PostgreSQL
  static Optional<BinaryForm> of(ColumnType type) {
    return switch (type) {
      case Plain plain -> of(plain);
      case ColumnType.Decimal _ -> of(Plain.NUMERIC);
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Varchar _, ColumnType.Char _ -> of(Plain.TEXT);
      case ColumnType.Other _ -> Optional.empty();
    };
  }

  private static Optional<BinaryForm> of(Plain type) {
    return switch (type) {
      case BOOLEAN -> Optional.of(NumberForms::truth);
      case SMALLINT -> Optional.of(NumberForms::smallint);
      case INTEGER -> Optional.of(NumberForms::integer);
      case BIGINT -> Optional.of(NumberForms::bigint);
      case NUMERIC -> Optional.of(NumberForms::numeric);
      case REAL -> Optional.of(NumberForms::real);
      case DOUBLE -> Optional.of(NumberForms::doublePrecision);
      case DATE -> Optional.of(TimeForms::date);
      case TIME -> Optional.of(TimeForms::time);
      case TIMESTAMP -> Optional.of(TimeForms::timestamp);
      case TIMESTAMPTZ -> Optional.of(TimeForms::timestamptz);
      case TEXT, JSON -> Optional.of(TextForms::text);
      case JSONB -> Optional.of(TextForms::jsonb);
      case BYTEA, UUID, TIMETZ, INTERVAL -> Optional.empty();
    };
  }

  /// What PostgreSQL says of binary data that it cannot read: the rows are tried in another form.
  static SQLException unknown(String type) {
    return new SQLException(
        "a text form of %s that has no binary one here".formatted(type), "22P03");
  }
}
