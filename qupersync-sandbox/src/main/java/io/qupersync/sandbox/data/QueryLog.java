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

  private final RandomValues randomValues;
  private final IdSequences idSequences;
  private final Timeline timeline;
  private final Tables tables;
  private final int scale;
  private final boolean serverless;
  private final ScanLog scans;
  private final List<ClusterSession> sessions = new ArrayList<>();

  QueryLog(
      RandomValues randomValues,
      IdSequences idSequences,
      Timeline timeline,
      Tables tables,
      int scale,
      boolean serverless) {
    this.randomValues = randomValues;
    this.idSequences = idSequences;
    this.timeline = timeline;
    this.tables = tables;
    this.scale = scale;
    this.serverless = serverless;
    this.scans = new ScanLog(randomValues, timeline);
  }

  /// About 24 queries and two log-ins, more of them in the day than at night.
  void hour(Instant from) {
    sessions.removeIf(session -> !session.end().isAfter(from));
    for (int i = randomValues.about(2.2 * scale); i > 0; i--) {
      logIn(randomValues.within(from, HOUR), Duration.ofMinutes(40));
    }
    for (int i = randomValues.about(24 * scale * busyness(from)); i > 0; i--) {
      Instant start = randomValues.within(from, HOUR);
      Duration queued =
          randomValues.chance(0.3) ? randomValues.skewed(Duration.ofSeconds(20)) : Duration.ZERO;
      ask(
          sessionAt(start),
          start,
          queued,
          randomValues.skewed(Duration.ofSeconds(4)),
          randomValues.chance(0.2));
    }
  }

  /// Queries that run long enough to be seen running: at the next look some have finished.
  void inFlight(Instant now) {
    for (int i = 8 * scale; i > 0; i--) {
      Instant start =
          now.minus(RandomValues.micros(randomValues.between(1_000_000L, 600_000_000L)));
      // every fourth still waits for its turn
      Duration queued =
          i % 4 == 0 ? Duration.ofMinutes(randomValues.between(15, 45)) : Duration.ZERO;
      ask(
          sessionAt(start),
          start,
          queued,
          Duration.ofSeconds(randomValues.between(900, 5400)),
          true);
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
        : randomValues.oneOf(open);
  }

  /// Now and then the cluster itself asks something, as user 1: readers must filter that out.
  private ClusterSession logIn(Instant begin, Duration typical) {
    ClusterSession session = ClusterSession.thrown(randomValues, idSequences, begin, typical);
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
        randomValues.chance(0.9)
            ? "success"
            : randomValues.oneOf(List.of("failed", "failed", "canceled"));
    ClusterTable table = tables.any();
    String type = randomValues.oneOf(TYPES);
    boolean cached = !scansTable && type.equals("SELECT") && randomValues.chance(0.3);
    long transaction = idSequences.nextTransaction();
    var query =
        new ClusterQuery(
            session,
            transaction,
            idSequences.nextQuery(),
            type,
            text(type, table),
            randomValues.oneOf(SampleWords.LABELS),
            start,
            RandomValues.micros(randomValues.skewed(4000.0)),
            queued,
            execution,
            status,
            status.equals("success") ? null : error(status, transaction),
            cached,
            randomValues.skewed(300.0),
            randomValues.hash(),
            serverless);
    timeline.begin(query);
    logText(query);
    logEnd(query);
    int child = idSequences.nextChildQuery();
    timeline.at(
        query.start(), SystemView.CHILD_QUERIES, CopyLine.of(child, query.id(), query.start()));
    if (scansTable) {
      scans.log(query, child, table);
    }
  }

  private String error(String status, long transaction) {
    return status.equals("canceled")
        ? SampleWords.ERRORS.get(2).formatted(transaction)
        : randomValues.oneOf(
            List.of(
                SampleWords.ERRORS.get(0), SampleWords.ERRORS.get(1), SampleWords.ERRORS.get(4)));
  }

  private String text(String type, ClusterTable table) {
    String name = table.qualified();
    String select =
        randomValues.oneOf(SampleWords.QUERY_TEXTS).formatted(name, table.anyColumn(randomValues));
    return switch (type) {
      // some are longer than the 4000 characters that sys_query_history shows
      case "INSERT" ->
          "insert into "
              + name
              + " values"
              + " (1, 'ü', null),".repeat(randomValues.between(1, 700));
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
          SystemView.QUERY_TEXTS,
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
        SystemView.TRANSACTIONS,
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
