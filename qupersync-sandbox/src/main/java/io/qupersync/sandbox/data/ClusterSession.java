package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Somebody who is logged in for a while.
record ClusterSession(
    int process,
    UUID guid,
    String user,
    String application,
    String driver,
    String system,
    String address,
    int port,
    Instant begin,
    Instant end) {

  static final String DATABASE = "dev";

  static ClusterSession thrown(
      RandomValues randomValues, IdSequences idSequences, Instant begin, Duration typical) {
    return new ClusterSession(
        idSequences.nextProcess(),
        randomValues.guid(),
        randomValues.oneOf(SampleWords.DATABASE_USERS),
        randomValues.oneOf(SampleWords.APPLICATIONS),
        randomValues.oneOf(SampleWords.DRIVERS),
        randomValues.oneOf(SampleWords.SYSTEMS),
        "10.20.%d.%d".formatted(randomValues.between(0, 4), randomValues.between(2, 250)),
        randomValues.between(32_768, 60_999),
        begin,
        begin.plus(randomValues.skewed(typical)));
  }

  int userId() {
    return user.equals("rdsdb") ? 1 : 100 + SampleWords.DATABASE_USERS.indexOf(user);
  }

  boolean isOpenAt(Instant time) {
    return !begin.isAfter(time) && end.isAfter(time);
  }

  /// The name of the application stands on the row of the event that sets it, and on no other.
  void log(Timeline timeline) {
    event(timeline, "authenticated", begin, true);
    event(timeline, "initiating session", begin.plus(RandomValues.micros(532)), true);
    event(timeline, "set application_name", begin.plus(RandomValues.micros(39_818)), false);
    event(timeline, "disconnecting session", end, false);
  }

  private void event(Timeline timeline, String event, Instant time, boolean loggingIn) {
    boolean names = event.equals("set application_name");
    long lasted =
        event.startsWith("disconnecting") ? Duration.between(begin, end).toNanos() / 1000 : 0;
    var line =
        CopyLine.of(
            event,
            time,
            address,
            port,
            process,
            DATABASE,
            user,
            loggingIn ? "password" : "",
            // the documented type is an integer of microseconds, which cannot hold an hour
            Math.min(lasted, Integer.MAX_VALUE),
            names ? application : "",
            loggingIn ? driver : "",
            loggingIn ? system : "",
            loggingIn ? "none" : "",
            loggingIn ? 3 : 0,
            guid);
    timeline.at(time, SystemView.CONNECTIONS, line);
    timeline.at(time, SystemView.LEGACY_CONNECTIONS, line);
  }
}
