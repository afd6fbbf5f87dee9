package io.qupersync.interfaces.http.view;

import io.qupersync.application.inspect.JobPlan;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.interfaces.text.ColumnView;
import io.qupersync.interfaces.text.JobTexts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a run of a job would do, were it to begin now.
///
/// @param readers how many sessions read; empty for one, where nobody asked for more
/// @param targetDdl what would be run at the target first; empty when the table is as it must be
/// @param columns as `plan --json` shows them
/// @param lossy what values may lose on their way, one text per column
public record PlanView(
    String job,
    Optional<String> from,
    Optional<String> to,
    String sourceSql,
    Optional<String> readers,
    List<String> targetDdl,
    String upsertSql,
    List<Map<String, @Nullable Object>> columns,
    List<String> lossy) {

  public PlanView {
    targetDdl = List.copyOf(targetDdl);
    columns = List.copyOf(columns);
    lossy = List.copyOf(lossy);
  }

  public static PlanView of(JobPlan plan) {
    List<ColumnView> columns =
        plan.mapping().columns().stream()
            .map(column -> ColumnView.of(column, plan.mapping().job()))
            .toList();
    return new PlanView(
        plan.job().value(),
        plan.window().from().map(Watermark::toString),
        plan.window().to().map(Watermark::toString),
        plan.extraction(),
        JobTexts.readers(plan.mapping().splitting(), plan.window()),
        plan.changes(),
        plan.write(),
        columns.stream().map(ColumnView::json).toList(),
        columns.stream()
            .flatMap(column -> column.loss().map(loss -> column.name() + ": " + loss).stream())
            .toList());
  }
}
