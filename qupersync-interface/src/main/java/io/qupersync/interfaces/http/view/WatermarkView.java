package io.qupersync.interfaces.http.view;

import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.WatermarkValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far a job has read.
///
/// @param columns of the source, the leading one first; empty for a job without a watermark
/// @param values one for each column, in their text form; empty before the first run
/// @param checkpoint where the next run resumes that follows a run that died
/// @param nextFrom where the next run begins to read, which the lookback puts earlier; known after
///   a change
/// @param madeFor what the watermark was made for, by item; empty when nothing is known of it
/// @param lost why the target no longer has the rows that the watermark stands for
public record WatermarkView(
    List<String> columns,
    List<String> values,
    Optional<String> watermark,
    Optional<String> checkpoint,
    Optional<String> nextFrom,
    Map<String, String> madeFor,
    Optional<String> lost) {

  public WatermarkView {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    madeFor = Collections.unmodifiableMap(new LinkedHashMap<>(madeFor));
  }

  public static WatermarkView of(
      List<String> columns, JobProgress progress, Optional<Watermark> nextFrom) {
    return new WatermarkView(
        columns,
        progress.watermark().map(Watermark::marks).orElse(List.of()).stream()
            .map(WatermarkValue::text)
            .toList(),
        progress.watermark().map(Watermark::toString),
        progress.checkpoint().map(Checkpoint::at).map(Watermark::toString),
        nextFrom.map(Watermark::toString),
        progress.origin().map(WatermarkView::madeFor).orElse(Map.of()),
        progress.origin().flatMap(WatermarkOrigin::lost));
  }

  private static Map<String, String> madeFor(WatermarkOrigin origin) {
    var items = new LinkedHashMap<String, String>();
    origin.fingerprint().items().forEach((item, text) -> items.put(item.word(), text));
    return items;
  }
}
