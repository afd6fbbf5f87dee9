package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads the cells of one column. Only getters that say what they want: what `getString` gives, and
/// for times even `getObject`, depends on whether the server sends text or binary, and on this
/// JVM's time zone.
enum CellReader {
  BOOLEAN(16) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      boolean cell = rows.getBoolean(column);
      return rows.wasNull() ? null : cell;
    }
  },
  INTEGER(24) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      long cell = rows.getLong(column);
      return rows.wasNull() ? null : cell;
    }
  },
  /// `getBigDecimal` refuses NaN; `getObject` gives it as a Double, all else as a BigDecimal.
  DECIMAL(64) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      return rows.getObject(column);
    }
  },
  /// A numeric of no declared scale, which arrives as text.
  NUMERIC(96) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      String text = rows.getString(column);
      return switch (text) {
        case null -> null;
        case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
        default -> new BigDecimal(text);
      };
    }
  },
  REAL(24) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      float cell = rows.getFloat(column);
      return rows.wasNull() ? null : cell;
    }
  },
  DOUBLE(24) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      double cell = rows.getDouble(column);
      return rows.wasNull() ? null : cell;
    }
  },
  DATE(32) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      byte[] sent = rows.getBytes(column);
      return sent == null ? null : DateCell.of(sent);
    }
  },
  TIMESTAMP(72) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      return rows.getObject(column, LocalDateTime.class);
    }
  },
  TIMESTAMPTZ(32) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      OffsetDateTime cell = rows.getObject(column, OffsetDateTime.class);
      if (cell == null) {
        return null;
      }
      if (cell.equals(OffsetDateTime.MAX)) {
        return Instant.MAX;
      }
      return cell.equals(OffsetDateTime.MIN) ? Instant.MIN : cell.toInstant();
    }
  },
  BYTES(24) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      return rows.getBytes(column);
    }

    @Override
    long bytes(Object cell) {
      return super.bytes(cell) + ((byte[]) cell).length;
    }
  },
  TEXT(56) {
    @Override
    @Nullable Object read(ResultSet rows, int column) throws SQLException {
      return rows.getString(column);
    }

    @Override
    long bytes(Object cell) {
      // as if every character took two: looking at them all would cost more than it tells
      return super.bytes(cell) + 2L * ((String) cell).length();
    }
  };

  private final long size;

  /// @param size the heap a cell takes, but for what grows with its length
  CellReader(long size) {
    this.size = size;
  }

  /// The cell as [ColumnType] says it must be.
  abstract @Nullable Object read(ResultSet rows, int column) throws SQLException;

  /// About how much heap a cell takes.
  long bytes(Object cell) {
    return size;
  }

  static CellReader of(ColumnType type) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case BOOLEAN -> BOOLEAN;
            case SMALLINT, INTEGER, BIGINT -> INTEGER;
            case NUMERIC -> NUMERIC;
            case REAL -> REAL;
            case DOUBLE -> DOUBLE;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case TIMESTAMPTZ -> TIMESTAMPTZ;
            case BYTEA -> BYTES;
            case TEXT, TIME, TIMETZ, INTERVAL, JSON, JSONB, UUID -> TEXT;
          };
      case ColumnType.Decimal _ -> DECIMAL;
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> TEXT;
    };
  }
}
