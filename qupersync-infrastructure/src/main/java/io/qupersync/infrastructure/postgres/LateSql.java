package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.LateRows.Among;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Identifier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// What a statement that writes rows is asked about those that came late. The server looks, for it
/// alone knows which rows it really wrote; it costs one column more in what it returns, and nothing
/// when there is nothing to look for.
///
/// @param column the watermark's leading column in the target
record LateSql(LateRows late, String column) {

  static Optional<LateSql> of(Optional<LateRows> late, TableMapping mapping) {
    return late.map(rows -> {
      int index = mapping.markColumn().orElseThrow();
      return new LateSql(rows, mapping.targetColumns().get(index).name());
    });
  }

  /// To be returned of each row written, beside `inserted`.
  String returned() {
    return ", t.%s as mark".formatted(Identifier.quoted(column));
  }

  /// Of the rows written: how many came late, and by how much at most, in seconds or in numbers.
  String counted() {
    String latest = "min(mark) filter (where %s)".formatted(condition());
    String distance =
        switch (late.reached().kind()) {
          case TIMESTAMP, TIMESTAMPTZ ->
              "extract(epoch from %s - %s)::numeric".formatted(literal(late.reached()), latest);
          case DATE -> "(%s - %s)::numeric * 86400".formatted(literal(late.reached()), latest);
          case NUMBER, TEXT -> "%s - %s".formatted(literal(late.reached()), latest);
        };
    return ", %s, %s".formatted(count(), distance);
  }

  /// In SQL, of the rows written: how many came late.
  String count() {
    return "count(*) filter (where %s)".formatted(condition());
  }

  private String condition() {
    return (late.among() == Among.INSERTED ? "inserted and " : "")
        + (late.reached().kind().isTime() ? "isfinite(mark) and " : "")
        + late.earliest()
            .map(watermarkValue -> "mark >= %s and ".formatted(literal(watermarkValue)))
            .orElse("")
        + "mark < "
        + literal(late.reached());
  }

  /// Of a time or a number, whose text holds nothing that could end it.
  private static String literal(WatermarkValue watermarkValue) {
    String type =
        switch (watermarkValue.kind()) {
          case TIMESTAMP -> "timestamp";
          case TIMESTAMPTZ -> "timestamptz";
          case DATE -> "date";
          case NUMBER -> "numeric";
          case TEXT -> throw new IllegalArgumentException("nothing is late by a text");
        };
    return "%s '%s'".formatted(type, watermarkValue.text());
  }

  /// Reads what was [#counted].
  Optional<Lateness> read(ResultSet row, int from) throws SQLException {
    long rows = row.getLong(from);
    if (rows == 0) {
      return Optional.empty();
    }
    BigDecimal distance = row.getBigDecimal(from + 1);
    Lookback most =
        late.reached().kind().isTime()
            ? new Lookback.OfTime(
                Duration.ofNanos(1000).multipliedBy(distance.movePointRight(6).longValue()))
            : new Lookback.OfCount(
                distance
                    .setScale(0, RoundingMode.UP)
                    .min(BigDecimal.valueOf(Long.MAX_VALUE))
                    .longValueExact());
    return Optional.of(new Lateness(most, rows));
  }
}
