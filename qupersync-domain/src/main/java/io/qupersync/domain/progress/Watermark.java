package io.qupersync.domain.progress;

import io.qupersync.domain.job.Lookback;
import java.util.List;

/// How far a job has read: the values of its watermark columns, most significant first. A shorter
/// watermark stands before every longer one that begins with it.
public record Watermark(List<WatermarkValue> marks) implements Comparable<Watermark> {

  public Watermark {
    marks = List.copyOf(marks);
    if (marks.isEmpty()) {
      throw new IllegalArgumentException("a watermark holds at least one value");
    }
  }

  public static Watermark of(WatermarkValue... marks) {
    return new Watermark(List.of(marks));
  }

  public WatermarkValue first() {
    return marks.getFirst();
  }

  public List<WatermarkValue.Kind> kinds() {
    return marks.stream().map(WatermarkValue::kind).toList();
  }

  /// Where a run must begin to see rows that came so late. Only the leading column reaches back;
  /// the others then say nothing more and are dropped.
  public Watermark minus(Lookback lookback) {
    return switch (lookback) {
      case Lookback.None _ -> this;
      case Lookback.Unsaid(var reach) ->
          first().kind().isTime() ? minus(new Lookback.OfTime(reach)) : this;
      case Lookback.OfTime(var reach) -> reach.isZero() ? this : of(first().minus(reach));
      case Lookback.OfCount(long reach) -> reach == 0 ? this : of(first().minus(reach));
    };
  }

  public boolean isAfter(Watermark other) {
    return compareTo(other) > 0;
  }

  /// Whether it lies after all that begins with `end`. A tuple that begins with it does not.
  public boolean isBeyond(Watermark end) {
    int common = Math.min(marks.size(), end.marks.size());
    return new Watermark(marks.subList(0, common)).isAfter(end);
  }

  public Watermark orEarlier(Watermark other) {
    return isAfter(other) ? other : this;
  }

  public Watermark orLater(Watermark other) {
    return isAfter(other) ? this : other;
  }

  /// @throws IllegalArgumentException when the kinds of a column differ
  @Override
  public int compareTo(Watermark other) {
    int common = Math.min(marks.size(), other.marks.size());
    for (int i = 0; i < common; i++) {
      int order = marks.get(i).compareWith(other.marks.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(marks.size(), other.marks.size());
  }

  /// For people: the values in their text form, joined by commas.
  @Override
  public String toString() {
    return String.join(", ", marks.stream().map(WatermarkValue::text).toList());
  }
}
