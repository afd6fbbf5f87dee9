package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableRef;
import java.util.List;

/// The statements that a job's columns can be learned from. A query with placeholders has several:
/// nobody knows yet what their values will be, and not every NULL fits everywhere.
final class DescribeStatements {

  private static final List<String> STAND_INS =
      List.of(
          "null",
          "cast(null as timestamp)",
          "cast(null as timestamptz)",
          "cast(null as date)",
          "cast(null as bigint)",
          "cast(null as varchar)");

  private DescribeStatements() {}

  /// The most likely first.
  static List<String> of(SyncJob job) {
    return switch (job.extraction().source()) {
      case JobSource.Table(TableRef table) -> of(table);
      case JobSource.Query(SqlTemplate sql) when ExtractionSql.hasPlaceholders(sql) -> {
        requireWatermark(job);
        yield STAND_INS.stream().map(standIn -> with(sql, standIn)).toList();
      }
      case JobSource.Query(SqlTemplate sql) -> List.of(sql.text());
      case JobSource.Nodes _ -> throw ExtractionSql.noSql();
    };
  }

  static List<String> of(TableRef table) {
    return List.of("select * from " + table.quoted());
  }

  private static String with(SqlTemplate sql, String standIn) {
    var text = new StringBuilder();
    for (SqlTemplate.Piece piece : sql.pieces()) {
      text.append(piece.sql());
      piece.placeholder().ifPresent(_ -> text.append(standIn));
    }
    return text.toString();
  }

  private static void requireWatermark(SyncJob job) {
    if (job.extraction().watermark().isEmpty()) {
      throw new PermanentFailure(
          FailureKind.DEFINITION,
          "job '%s': its query names :from or :to, and without a watermark they stand for nothing; give it one"
              .formatted(job.id()));
    }
  }
}
