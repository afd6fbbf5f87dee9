package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement somebody sent, from the moment it is planned to its final status.
record ClusterQuery(
    ClusterSession session,
    long transaction,
    long id,
    String type,
    String text,
    String label,
    Instant start,
    Duration planning,
    Duration queued,
    Duration execution,
    String finalStatus,
    @Nullable String error,
    boolean cached,
    long rows,
    String hash,
    boolean serverless)
    implements ChangingRow {

  private static final int VISIBLE_TEXT = 4000;

  @Override
  public SystemView view() {
    return SystemView.QUERIES;
  }

  @Override
  public String key() {
    return Long.toString(id);
  }

  @Override
  public Instant begins() {
    return start;
  }

  @Override
  public Instant settles() {
    return start.plus(planning).plus(queued).plus(execution);
  }

  /// When its first row was read from a table.
  Instant executes() {
    return start.plus(planning).plus(queued);
  }

  String statusAt(Instant now) {
    if (!now.isBefore(settles())) {
      return finalStatus;
    }
    if (now.isBefore(start.plus(planning))) {
      return "planning";
    }
    if (now.isBefore(executes())) {
      return "queued";
    }
    return now.isBefore(executes().plus(execution.multipliedBy(9).dividedBy(10)))
        ? "running"
        : "returning";
  }

  @Override
  public List<CopyLine> linesAt(Instant now) {
    boolean settled = !now.isBefore(settles());
    // while it runs, end_time is not null but shows the present moment
    Instant end = settled ? settles() : now;
    Duration ran = Duration.between(executes(), end);
    boolean succeeded = settled && finalStatus.equals("success");
    return List.of(
        CopyLine.of(
            session.userId(),
            id,
            label,
            transaction,
            session.process(),
            ClusterSession.DATABASE,
            type,
            statusAt(now),
            cached,
            start,
            end,
            micros(Duration.between(start, end)),
            micros(min(queued, Duration.between(start.plus(planning), end))),
            micros(min(execution, ran)),
            settled && error != null ? error : "",
            succeeded ? rows : 0,
            succeeded ? rows * 45 : 0,
            text.substring(0, Math.min(text.length(), VISIBLE_TEXT)),
            "Redshift 1.0.100000",
            "",
            serverless ? "" : id % 40 == 0 ? "primary-scale" : "primary",
            micros(planning) / 3,
            micros(planning),
            id % 29 == 0 ? micros(queued) / 2 : 0,
            serverless ? -1 : 100,
            serverless ? "" : "Default queue",
            serverless ? "" : "normal",
            serverless ? "" : id % 4 == 0 ? "true" : "false",
            hash,
            hash.substring(1) + "A",
            2,
            cached ? id - 2 : 0,
            session.user()));
  }

  private static Duration min(Duration a, Duration b) {
    Duration lesser = a.compareTo(b) < 0 ? a : b;
    return lesser.isNegative() ? Duration.ZERO : lesser;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
