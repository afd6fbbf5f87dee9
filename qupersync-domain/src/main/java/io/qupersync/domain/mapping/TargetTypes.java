package io.qupersync.domain.mapping;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;

/// The type a new target column gets for a source type when nobody says otherwise.
final class TargetTypes {

  private TargetTypes() {}

  /// Text keeps no length: Redshift counts bytes where PostgreSQL counts characters, and a limit
  /// only ever hurts. Blank-padded text is stored without its padding.
  static ColumnType natural(ColumnType source) {
    return switch (source) {
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> Plain.TEXT;
      case Plain _, ColumnType.Decimal _, ColumnType.Fraction _ -> source;
    };
  }
}
