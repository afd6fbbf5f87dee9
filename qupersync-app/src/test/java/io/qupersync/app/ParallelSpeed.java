package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.relay.Faults;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a whole load takes with one, two and four sessions at the source: near by, with 20 ms to
 * each round trip, and where each session gets 3 MB a second: to be run by hand, for its name is
 * not that of a test. All take turns, on one machine; ratios count.
 *
 * <pre>
 * ./mvnw test -pl qupersync-app -am -Dtest=ParallelSpeed -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class ParallelSpeed {

  private static final int ROWS = Integer.getInteger("qupersync.rows", 300_000);
  private static final int ROUNDS = Integer.getInteger("qupersync.rounds", 3);
  private static final Pattern MILLIS = Pattern.compile("\"duration_ms\": (\\d+)");

  @TempDir Path directory;

  /** What lies between the program and its source. */
  private enum Way {
    NEAR(Duration.ZERO, 0),
    FAR(Duration.ofMillis(20), 0),
    NARROW(Duration.ZERO, 3_000_000);

    private final Duration roundTrip;
    private final long bytesPerSecond;

    Way(Duration roundTrip, long bytesPerSecond) {
      this.roundTrip = roundTrip;
      this.bytesPerSecond = bytesPerSecond;
    }

    void worsen(Faults faults) {
      faults.calm();
      faults.delayRoundTrips(roundTrip);
      faults.limitBandwidth(bytesPerSecond);
    }
  }

  @Test
  void one_two_and_four_sessions() throws SQLException {
    try (var trial = new Trial(directory)) {
      prepare(trial);
      Map<String, List<Long>> took = new TreeMap<>();
      for (int round = 0; round <= ROUNDS; round++) {
        for (Way way : Way.values()) {
          way.worsen(trial.source().faults());
          for (int readers : new int[] {1, 2, 4}) {
            long millis = load(trial, readers);
            if (round > 0) {
              took.computeIfAbsent(
                      "%s, %d sessions".formatted(way, readers), _ -> new ArrayList<>())
                  .add(millis);
            }
          }
        }
      }
      took.forEach(
          (setting, all) -> System.out.printf("%s: %d ms, of %s%n", setting, median(all), all));
    }
  }

  private static void prepare(Trial trial) throws SQLException {
    var jobs = new StringBuilder("builtin_jobs: false\njobs:\n");
    for (int readers : new int[] {1, 2, 4}) {
      jobs.append(
          """
            by_%1$d: { source: { table: public.orders }, target: speed.orders, key: id, parallel: %1$d }
          """
              .formatted(readers));
    }
    trial.file("qupersync.yaml", jobs.toString());
    trial.atSource(
        "create table public.orders (id bigint, customer integer, amount numeric(18,4), note varchar(100), updated_at timestamp)",
        """
        insert into public.orders
        select i, i %% 997, i * 1.0001, md5(i::text), timestamp '2026-01-01' + i * interval '1 second'
        from generate_series(1, %d) i\
        """
            .formatted(ROWS),
        "grant select on public.orders to public",
        "analyze public.orders");
  }

  private static long load(Trial trial, int readers) throws SQLException {
    trial.atTarget("drop schema if exists speed cascade");
    Trial.Ended run = trial.run("run", "by_" + readers, "--json");
    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"rows_inserted\": " + ROWS);
    Matcher millis = MILLIS.matcher(run.out());
    assertThat(millis.find()).isTrue();
    return Long.parseLong(millis.group(1));
  }

  private static long median(List<Long> all) {
    var sorted = new ArrayList<>(all);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
