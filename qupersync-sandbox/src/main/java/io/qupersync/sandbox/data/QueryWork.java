package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query did inside the cluster, as sys_query_detail shows it: one row per child query,
/// stream, segment and step, changing while it runs.
record QueryWork(
    ClusterQuery query, ClusterTable table, long scanned, long kept, @Nullable String alert)
    implements ChangingRow {

  /// Marks a level coarser than this one.
  private static final int ALL = -1;

  @Override
  public SystemView view() {
    return SystemView.QUERY_DETAILS;
  }

  @Override
  public String key() {
    return query.key();
  }

  @Override
  public Instant begins() {
    return query.executes();
  }

  @Override
  public Instant settles() {
    return query.settles();
  }

  @Override
  public List<CopyLine> linesAt(Instant now) {
    boolean active = now.isBefore(settles());
    Duration whole = Duration.between(begins(), settles());
    Duration ran = Duration.between(begins(), active ? now : settles());
    // counts grow while the query runs, and reach exactly their ends
    double share = active ? (double) ran.toMillis() / Math.max(1, whole.toMillis()) : 1;
    long in = Math.round(scanned * share);
    long out = Math.round(kept * share);
    Instant end = active ? now : settles();
    var lines = new ArrayList<CopyLine>();
    lines.add(line(end, active, ALL, ALL, ALL, "", "child query", in, out));
    lines.add(line(end, active, 0, ALL, ALL, "", "stream", in, out));
    lines.add(line(end, active, 0, 0, ALL, "", "segment", in, out));
    lines.add(line(end, active, 0, 0, 0, "scan", "step", in, out));
    lines.add(line(end, active, 0, 0, 1, "aggregate", "step", out, out / 10));
    lines.add(line(end, active, 0, 1, 0, "return", "step", out / 10, out / 10));
    return lines;
  }

  private CopyLine line(
      Instant end,
      boolean active,
      int stream,
      int segment,
      int step,
      String name,
      String level,
      long in,
      long out) {
    boolean scan = name.equals("scan");
    boolean segmentLevel = level.equals("segment");
    return CopyLine.of(
        query.session().userId(),
        query.id(),
        1,
        stream,
        segment,
        step,
        name,
        scan ? table.id() : 0,
        scan ? ClusterSession.DATABASE + "." + table.qualified() : "",
        scan && query.id() % 3 == 0 ? "t" : "f",
        begins(),
        end,
        Duration.between(begins(), end).toNanos() / 1000,
        scan ? alert : null,
        in * 48,
        in,
        out * 48,
        out,
        segmentLevel ? in / 9000 : 0,
        segmentLevel ? out / 90_000 : 0,
        segmentLevel ? in / 9500 : 0,
        segmentLevel ? in / 170_000 : 0,
        scan ? "Redshift(local)" : "",
        (int) (query.id() % 60),
        (int) (query.id() % 35),
        active ? "t" : "f",
        segmentLevel && query.id() % 23 == 0 ? in / 50_000 : 0,
        0,
        "",
        level,
        0,
        step == ALL ? 0 : step + 1);
  }
}
