package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyRangeTest {

  @Test
  void every_number_lies_in_exactly_one_range_whatever_was_thought_to_be_there() {
    var random = new Random(20_260_302);
    for (int trial = 0; trial < 5000; trial++) {
      long one = anyLong(random);
      long other = anyLong(random);
      List<KeyRange> ranges =
          KeyRange.over(
              "id",
              number(Math.min(one, other)),
              number(Math.max(one, other)),
              1 + random.nextInt(40));

      for (long value : probes(ranges, random)) {
        assertThat(ranges.stream().filter(range -> range.holds(value)).count())
            .as("ranges of %d in %s", value, ranges)
            .isOne();
      }
      assertThat(ranges.stream().filter(range -> range.holds(null)).count()).isOne();
    }
  }

  /// The ends of the type, of each range, their neighbours, and some others.
  private static List<Long> probes(List<KeyRange> ranges, Random random) {
    var probes = new ArrayList<>(List.of(Long.MIN_VALUE, Long.MAX_VALUE, -1L, 0L, 1L));
    for (KeyRange range : ranges) {
      range
          .from()
          .map(watermarkValue -> ((BigDecimal) watermarkValue.cell()).longValueExact())
          .ifPresent(end -> probes.addAll(List.of(end - 1, end, end + 1)));
    }
    LongStream.generate(() -> anyLong(random)).limit(20).forEach(probes::add);
    return probes;
  }

  /// Of any magnitude, and often one of the extremes.
  private static long anyLong(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MIN_VALUE;
      case 1 -> Long.MAX_VALUE;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  @Test
  void ranges_are_of_equal_width_and_follow_each_other() {
    assertThat(KeyRange.over("id", number(1), number(100), 4))
        .containsExactly(range(null, 26), range(26, 51), range(51, 76), range(76, null));
  }

  @Test
  void the_whole_of_a_type_is_split_without_running_over() {
    assertThat(KeyRange.over("id", number(Long.MIN_VALUE), number(Long.MAX_VALUE), 2))
        .containsExactly(range(null, 0), range(0, null));
  }

  @Test
  void there_are_no_more_ranges_than_values() {
    assertThat(KeyRange.over("id", number(7), number(9), 16))
        .containsExactly(range(null, 8), range(8, 9), range(9, null));
    assertThat(KeyRange.over("id", number(7), number(7), 16)).containsExactly(range(null, null));
  }

  @Test
  void one_part_is_everything() {
    assertThat(KeyRange.over("id", number(1), number(100), 1)).containsExactly(range(null, null));
  }

  @Test
  void fractions_lie_between_whole_ends() {
    List<KeyRange> ranges =
        KeyRange.over(
            "price",
            new WatermarkValue.Numeric(new BigDecimal("-1.50")),
            new WatermarkValue.Numeric(new BigDecimal("1.50")),
            2);

    assertThat(ranges).hasSize(2);
    assertThat(ranges.getFirst().holds(new BigDecimal("-0.01"))).isTrue();
    assertThat(ranges.getLast().holds(new BigDecimal("0.00"))).isTrue();
  }

  @Test
  void days_and_moments_are_split_too() {
    assertThat(KeyRange.over("day", day("2026-03-01"), day("2026-03-04"), 2).getFirst().before())
        .contains(day("2026-03-03"));
    assertThat(
            KeyRange.over(
                    "at", moment("1960-01-01T00:00:00"), moment("1960-01-01T00:00:00.000003"), 2)
                .getFirst()
                .before())
        .contains(moment("1960-01-01T00:00:00.000002"));
    assertThat(
            KeyRange.over(
                    "at",
                    new WatermarkValue.TimestampTz(Instant.parse("1969-12-31T23:59:59.999999Z")),
                    new WatermarkValue.TimestampTz(Instant.parse("1970-01-01T00:00:00Z")),
                    2)
                .getFirst()
                .before())
        .contains(new WatermarkValue.TimestampTz(Instant.EPOCH));
  }

  @Test
  void texts_cannot_be_split() {
    assertThatThrownBy(() ->
            KeyRange.over("name", new WatermarkValue.Text("a"), new WatermarkValue.Text("b"), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_range_that_holds_nothing_cannot_be_made() {
    assertThatThrownBy(() -> range(5, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  private static KeyRange range(@Nullable Integer from, @Nullable Integer before) {
    return new KeyRange(
        "id",
        Optional.ofNullable(from).map(KeyRangeTest::number),
        Optional.ofNullable(before).map(KeyRangeTest::number));
  }

  private static WatermarkValue number(long value) {
    return new WatermarkValue.Numeric(BigDecimal.valueOf(value));
  }

  private static WatermarkValue day(String text) {
    return new WatermarkValue.Date(LocalDate.parse(text));
  }

  private static WatermarkValue moment(String text) {
    return new WatermarkValue.Timestamp(LocalDateTime.parse(text));
  }
}
