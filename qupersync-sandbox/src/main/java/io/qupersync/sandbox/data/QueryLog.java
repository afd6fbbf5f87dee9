package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The people and programs that ask the cluster questions, hour by hour.
final class QueryLog {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int CHUNK = 4000;
  private static final List<String> TYPES =
      List.of("SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "COPY", "UNLOAD", "DDL", "UTILITY");

  private final Dice dice;
  private final Ids ids;
  private final Timeline timeline;
  private final Tables tables;
  private final int scale;
  private final boolean serverless;
  private final ScanLog scans;
  private final List<ClusterSession> sessions = new ArrayList<>();

  QueryLog(Dice dice, Ids ids, Timeline timeline, Tables tables, int scale, boolean serverless) {
    this.dice = dice;
    this.ids = ids;
    this.timeline = timeline;
    this.tables = tables;
    this.scale = scale;
    this.serverless = serverless;
    this.scans = new ScanLog(dice, timeline);
  }

  /// About 24 queries and two log-ins, more of them in the day than at night.
  void hour(Instant from) {
    sessions.removeIf(session -> !session.end().isAfter(from));
    for (int i = dice.about(2.2 * scale); i > 0; i--) {
      logIn(dice.within(from, HOUR), Duration.ofMinutes(40));
    }
    for (int i = dice.about(24 * scale * busyness(from)); i > 0; i--) {
      Instant start = dice.within(from, HOUR);
      Duration queued = dice.chance(0.3) ? dice.skewed(Duration.ofSeconds(20)) : Duration.ZERO;
      ask(sessionAt(start), start, queued, dice.skewed(Duration.ofSeconds(4)), dice.chance(0.2));
    }
  }

  /// Queries that run long enough to be seen running: at the next look some have finished.
  void inFlight(Instant now) {
    for (int i = 8 * scale; i > 0; i--) {
      Instant start = now.minus(Dice.micros(dice.between(1_000_000L, 600_000_000L)));
      // every fourth still waits for its turn
      Duration queued = i % 4 == 0 ? Duration.ofMinutes(dice.between(15, 45)) : Duration.ZERO;
      ask(sessionAt(start), start, queued, Duration.ofSeconds(dice.between(900, 5400)), true);
    }
  }

  private static double busyness(Instant time) {
    int hour = time.atZone(ZoneOffset.UTC).getHour();
    if (hour >= 8 && hour < 18) {
      return 1.6;
    }
    return hour >= 1 && hour < 4 ? 1.2 : 0.4;
  }

  private ClusterSession sessionAt(Instant time) {
    List<ClusterSession> open =
        sessions.stream().filter(session -> session.isOpenAt(time)).toList();
    return open.isEmpty()
        ? logIn(time.minus(Duration.ofSeconds(1)), Duration.ofHours(5))
        : dice.oneOf(open);
  }

  /// Now and then the cluster itself asks something, as user 1: readers must filter that out.
  private ClusterSession logIn(Instant begin, Duration typical) {
    ClusterSession session = ClusterSession.thrown(dice, ids, begin, typical);
    sessions.add(session);
    session.log(timeline);
    return session;
  }

  private void ask(
      ClusterSession session,
      Instant start,
      Duration queued,
      Duration execution,
      boolean scansTable) {
    String status =
        dice.chance(0.9) ? "success" : dice.oneOf(List.of("failed", "failed", "canceled"));
    ClusterTable table = tables.any();
    String type = dice.oneOf(TYPES);
    boolean cached = !scansTable && type.equals("SELECT") && dice.chance(0.3);
    long transaction = ids.nextTransaction();
    var query =
        new ClusterQuery(
            session,
            transaction,
            ids.nextQuery(),
            type,
            text(type, table),
            dice.oneOf(Vocabulary.LABELS),
            start,
            Dice.micros(dice.skewed(4000.0)),
            queued,
            execution,
            status,
            status.equals("success") ? null : error(status, transaction),
            cached,
            dice.skewed(300.0),
            dice.hash(),
            serverless);
    timeline.begin(query);
    logText(query);
    logEnd(query);
    int child = ids.nextChildQuery();
    timeline.at(query.start(), View.CHILD_QUERIES, CopyLine.of(child, query.id(), query.start()));
    if (scansTable) {
      scans.log(query, child, table);
    }
  }

  private String error(String status, long transaction) {
    return status.equals("canceled")
        ? Vocabulary.ERRORS.get(2).formatted(transaction)
        : dice.oneOf(
            List.of(Vocabulary.ERRORS.get(0), Vocabulary.ERRORS.get(1), Vocabulary.ERRORS.get(4)));
  }

  private String text(String type, ClusterTable table) {
    String name = table.qualified();
    String select = dice.oneOf(Vocabulary.QUERY_TEXTS).formatted(name, table.anyColumn(dice));
    return switch (type) {
      // some are longer than the 4000 characters that sys_query_history shows
      case "INSERT" ->
          "insert into " + name + " values" + " (1, 'ü', null),".repeat(dice.between(1, 700));
      case "COPY" ->
          "COPY " + name + " FROM 's3://acme-lake/" + name + "/' IAM_ROLE '' FORMAT PARQUET";
      case "UNLOAD" ->
          "UNLOAD ('" + select.replace("'", "''") + "') TO 's3://acme-out/' IAM_ROLE ''";
      case "DDL" -> "analyze " + name + " predicate columns";
      case "UTILITY" -> "set query_group to 'default'";
      default -> select;
    };
  }

  private void logText(ClusterQuery query) {
    String text = query.text();
    for (int sequence = 0; sequence * CHUNK < text.length(); sequence++) {
      String chunk =
          text.substring(sequence * CHUNK, Math.min(text.length(), (sequence + 1) * CHUNK));
      timeline.at(
          query.start(),
          View.QUERY_TEXTS,
          CopyLine.of(
              query.session().userId(),
              query.id(),
              query.transaction(),
              query.session().process(),
              query.start(),
              sequence,
              chunk,
              query.session().guid()));
    }
  }

  private void logEnd(ClusterQuery query) {
    boolean committed = query.finalStatus().equals("success");
    timeline.at(
        query.settles(),
        View.TRANSACTIONS,
        CopyLine.of(
            query.session().userId(),
            query.transaction(),
            "Snapshot Isolation",
            committed ? "committed" : "rolledback",
            query.start(),
            committed ? query.settles() : null,
            committed ? query.settles() : null,
            0,
            committed ? null : query.settles(),
            committed ? null : query.settles()));
  }
}
