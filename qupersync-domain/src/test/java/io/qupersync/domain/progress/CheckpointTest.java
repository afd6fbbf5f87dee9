package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.qupersync.domain.job.Lookback;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// That a run may resume where [Checkpoint#resumeFrom] says is an argument about rows that come
/// late; here it is tried out on rows that do.
class CheckpointTest {

  private static final LocalDateTime START = LocalDateTime.parse("2026-03-02T08:00:00");

  @Test
  void without_lookback_a_run_resumes_at_the_last_committed_row() {
    assertThat(checkpoint(50, 100).resumeFrom(new Lookback.None())).isEqualTo(mark(50));
  }

  @Test
  void a_run_resumes_no_later_than_rows_may_have_come_since_the_first_try_began() {
    assertThat(checkpoint(95, 100).resumeFrom(seconds(10))).isEqualTo(mark(85));
    // rows may trail the clock, and then come late by as much as they trail it and more
    assertThat(checkpoint(50, 1000).resumeFrom(seconds(10))).isEqualTo(mark(40));
    // an older version left checkpoints ahead of the source's clock
    assertThat(checkpoint(120, 100).resumeFrom(seconds(10))).isEqualTo(mark(90));
    assertThat(checkpoint(120, 100).resumeFrom(new Lookback.None())).isEqualTo(mark(100));
  }

  @Test
  void without_a_ceiling_the_lookback_counts_from_the_last_committed_row() {
    assertThat(new Checkpoint(mark(50), Optional.empty()).resumeFrom(seconds(10)))
        .isEqualTo(mark(40));
  }

  /// Runs begin, commit some rows in order and die, while rows come, each late by the lookback at
  /// most; in the end one run reads to the end. Every row must have been read.
  @Test
  void no_row_is_missed_however_late_within_the_lookback_and_however_often_runs_die() {
    qt().withExamples(5000).forAll(longs().all()).check(seed -> new LateRows(seed).allAreRead());
  }

  private static Checkpoint checkpoint(long at, long ceiling) {
    return new Checkpoint(mark(at), Optional.of(mark(ceiling)));
  }

  private static Watermark mark(long second) {
    return Watermark.of(new WatermarkValue.Timestamp(START.plusSeconds(second)));
  }

  private static Lookback seconds(long seconds) {
    return new Lookback.OfTime(Duration.ofSeconds(seconds));
  }

  private static final class LateRows {

    private record Arrival(int id, long stamp) {}

    private final Random random;
    private final long lookback;
    private final long trailing;
    private final List<Arrival> source = new ArrayList<>();
    private final Set<Integer> read = new HashSet<>();
    private Optional<Checkpoint> checkpoint = Optional.empty();
    private long now;

    LateRows(long seed) {
      random = new Random(seed);
      lookback = random.nextInt(4) * 5L;
      trailing = random.nextInt(3) * 1000L;
    }

    boolean allAreRead() {
      for (int run = 0; run < 6; run++) {
        arrive();
        read(random.nextInt(10));
      }
      read(Integer.MAX_VALUE);
      return read.size() == source.size();
    }

    /// Rows that trail the source's clock or do not, stamped at most `lookback` before the newest
    /// or a little ahead of it.
    private void arrive() {
      for (int i = random.nextInt(6); i > 0; i--) {
        now += random.nextInt(4);
        long ahead = trailing > 0 ? 0 : random.nextInt(2) * random.nextInt(5);
        long stamp = now - trailing - random.nextLong(lookback + 1) + ahead;
        source.add(new Arrival(source.size(), stamp));
      }
    }

    /// Reads in order what is there when the run begins, and dies after so many rows; rows that
    /// come meanwhile are not seen.
    private void read(int rows) {
      Optional<Watermark> from = checkpoint.map(reached -> reached.resumeFrom(seconds(lookback)));
      Watermark ceiling = mark(now);
      List<Arrival> snapshot =
          source.stream()
              .filter(row -> from.map(mark -> !mark.isAfter(mark(row.stamp()))).orElse(true))
              .sorted(Comparator.comparingLong(Arrival::stamp))
              .limit(rows)
              .toList();
      arrive();
      for (Arrival row : snapshot) {
        read.add(row.id());
        if (!mark(row.stamp()).isAfter(ceiling)) {
          checkpoint = Optional.of(new Checkpoint(mark(row.stamp()), Optional.of(ceiling)));
        }
      }
      if (rows == Integer.MAX_VALUE) {
        finish();
      }
    }

    /// The last run was not disturbed, but rows may have come while it read.
    private void finish() {
      Optional<Watermark> from = checkpoint.map(reached -> reached.resumeFrom(seconds(lookback)));
      source.stream()
          .filter(row -> from.map(mark -> !mark.isAfter(mark(row.stamp()))).orElse(true))
          .forEach(row -> read.add(row.id()));
    }
  }
}
