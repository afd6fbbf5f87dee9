package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  @Test
  void a_goal_is_reached_from_the_wanted_ratio_on() {
    assertThat(Goal.faster("a", "psql", 1.8, 1.8).met()).isTrue();
    assertThat(Goal.faster("a", "psql", 1.8, 1.79).met()).isFalse();
  }

  @Test
  void being_faster_means_that_the_other_took_longer() {
    var measured =
        new Measured(
            "a",
            "initial load",
            List.of(
                series("QuperSync", took(2), took(2), took(2)),
                series("psql pipe", took(5), took(4), took(3))));

    assertThat(measured.speedAgainst("psql pipe")).isEqualTo(2);
  }

  @Test
  void one_row_written_where_none_was_to_be_written_is_one_too_many() {
    assertThat(Goals.nothingWritten("(c)", unchanged(0, 0)).met()).isTrue();
    Goal missed = Goals.nothingWritten("(c)", unchanged(0, 1));
    assertThat(missed.met()).isFalse();
    assertThat(missed.measured()).isEqualTo("1");
  }

  @Test
  void the_log_may_hold_what_the_run_itself_is_worth_and_no_rows() {
    assertThat(Goals.noLog("(c)", logging(200_000)).met()).isTrue();
    assertThat(Goals.noLog("(c)", logging(5_000_000)).met()).isFalse();
  }

  @Test
  void only_our_own_code_counts_for_what_a_row_costs() {
    Profile profile = profiled(30, 10, 20, 140);

    Goal reached = Goals.ownTimePerRow(profile);

    assertThat(reached.met()).isTrue();
    assertThat(reached.measured()).isEqualTo("0.60 µs");
    assertThat(reached.against())
        .contains("drivers take 1.40", "JIT compilers 0.50", "collector 0.25");
    assertThat(Goals.ownTimePerRow(profiled(30, 10, 40, 120)).met()).isFalse();
  }

  /** A million rows, for which the threads of the program were busy for two seconds. */
  private static Profile profiled(long decoding, long mapping, long encoding, long driver) {
    return new Profile(
        "a",
        1_000_000,
        decoding + mapping + encoding + driver,
        List.of(
            new Profile.Share(ProfilePart.READING.title(), driver),
            new Profile.Share(ProfilePart.DECODING.title(), decoding),
            new Profile.Share(ProfilePart.MAPPING.title(), mapping),
            new Profile.Share(ProfilePart.ENCODING.title(), encoding)),
        List.of(),
        0.1,
        2.0,
        0.5,
        0.25);
  }

  private static Measured unchanged(long... written) {
    Sample[] samples =
        Arrays.stream(written)
            .mapToObj(rows -> new Sample(cost(1, 0), 0, Optional.of(told(rows))))
            .toArray(Sample[]::new);
    return new Measured("c", "nothing changed", List.of(series("QuperSync", samples)));
  }

  private static Measured logging(long bytes) {
    var sample = new Sample(cost(1, bytes), 0, Optional.of(told(0)));
    return new Measured("c", "nothing changed", List.of(series("QuperSync", sample)));
  }

  private static ReportedCounts told(long updated) {
    return new ReportedCounts("success", 10, 0, updated, 10 - updated, 0);
  }

  private static Sample took(double seconds) {
    return new Sample(cost(seconds, 0), 0, Optional.empty());
  }

  private static Cost cost(double seconds, long wal) {
    return new Cost(seconds, 0, 0, 0, 0, 0, wal, 0);
  }

  private static Series series(String contestant, Sample... samples) {
    return new Series(contestant, 10, 100, List.of(samples));
  }
}
