package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;

/// To be run by hand: how fast rows are read, and how much heap that takes. With `-Xmx64m` it shows
/// that neither depends on how many they are or how wide.
final class ReadingSpeed {

  private static final String ELEVEN_COLUMNS =
      """
      select n::bigint as id, (n %% 1000)::integer as customer, 'customer ' || n as name,
        (n * 1.2345)::numeric(18,4) as amount, n / 3.0::double precision as ratio, n %% 2 = 0 as paid,
        date '2026-01-01' + (n %% 365)::integer as day,
        timestamp '2026-01-01' + n * interval '1 second' as ordered,
        timestamptz '2026-01-01 00:00+00' + n * interval '1 second' as seen,
        case when n %% 3 = 0 then null else 'note ' || n end as note, 'open'::varchar(10) as status
      from generate_series(1, %d) n\
      """;

  private static final String WIDE =
      "select n::bigint as id, "
          + "repeat('x', 65535)::varchar(65535) as c0, repeat('y', 65535)::varchar(65535) as c1, "
          + "repeat('ä', 32767)::varchar(65535) as c2, repeat('z', 65535)::varchar(65535) as c3 "
          + "from generate_series(1, %d) n";

  private static final String HUGE =
      "select n::bigint as id, repeat('x', case when n %% 500 = 0 then 16000000 else 10 end) as c "
          + "from generate_series(1, %d) n";

  private static final boolean PACKED = !Boolean.getBoolean("loose");

  private ReadingSpeed() {}

  public static void main(String[] arguments) {
    var source = Source.rows();
    for (int round = 0; round < 3; round++) {
      measure("11 columns", source, ELEVEN_COLUMNS, 1_000_000);
      measure("4 x 65535 bytes", source, WIDE, 1_000);
      measure("16 MB now and then", source, HUGE, 2_000);
    }
    System.exit(0);
  }

  private static void measure(String what, RedshiftRowSource source, String query, int rows) {
    SyncJob job = Jobs.asking(query.formatted(rows), Jobs.reading("x").batchesOf(1000).build());
    long before = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      try {
        long count = readAll(source, job);
        double seconds = (System.nanoTime() - before) / 1e9;
        System.out.printf(
            "%-20s %,d rows in %.2f s: %,.0f rows/s, attempt %d%n",
            what, count, seconds, count / seconds, attempt);
        return;
      } catch (TransientFailure tooWide) {
        System.out.println(tooWide.getMessage());
      }
    }
  }

  private static long readAll(RedshiftRowSource source, SyncJob job) {
    long count = 0;
    try (Rows rows =
        PACKED
            ? source.openPacked(job, source.shapeOf(job), Window.everything())
            : source.open(job, source.shapeOf(job), Window.everything())) {
      for (int read = next(rows); read > 0; read = next(rows)) {
        count += read;
      }
    }
    return count;
  }

  /// Holds no batch while the next one is read.
  private static int next(Rows rows) {
    return rows.next().map(batch -> batch.size()).orElse(0);
  }
}
