package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.JobPlan;
import io.qupersync.application.sync.LateCommits;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.ColumnView;
import io.qupersync.interfaces.text.JobTexts;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan, in words.
record PlanText(JobPlan plan) {

  String job() {
    return plan.job().value();
  }

  String text(Console console) {
    SyncJob job = plan.mapping().job();
    String changes =
        plan.changes().isEmpty()
            ? "nothing: the table is as it must be\n"
            : String.join(";\n", plan.changes()) + ";\n";
    String title =
        "%s: %s, %s -> %s"
            .formatted(
                console.painted(AnsiStyle.BOLD, job.id().value()),
                JobTexts.mode(job.mode()),
                JobTexts.source(job),
                JobTexts.target(job));
    return title
        + "\n\n"
        + section(
            console,
            "reads " + bounds(plan.window()) + readers().map(", "::concat).orElse(""),
            plan.extraction())
        + section(console, "changes the target by", changes)
        + section(console, "writes each batch by", plan.write())
        + section(console, "columns", console.text(columns()));
  }

  private static String section(Console console, String title, String body) {
    return "  " + console.painted(AnsiStyle.BOLD, title) + "\n" + body.strip().indent(4) + "\n";
  }

  private static String bounds(Window window) {
    if (window.from().isEmpty() && window.to().isEmpty()) {
      return "everything";
    }
    String from = window.from().map(mark -> "from " + mark).orElse("from the very beginning");
    return from + window.to().map(mark -> " to " + mark).orElse(" on");
  }

  /// How many sessions read, where more than one are wanted.
  private Optional<String> readers() {
    return JobTexts.readers(plan.mapping().splitting(), plan.window());
  }

  private Table columns() {
    Table table = Table.of("<column", "<type", "<from", "<source type", "<verdict", "<rules");
    for (ColumnView column : columnViews()) {
      table.row(
          Cell.of(column.name()),
          Cell.of(column.type()),
          Cell.of(column.from()),
          Cell.of(column.sourceType().orElse("")),
          Cell.of(column.verdict()),
          Cell.of(String.join(", ", column.rules())));
    }
    return table;
  }

  private List<ColumnView> columnViews() {
    return plan.mapping().columns().stream()
        .map(column -> ColumnView.of(column, plan.mapping().job()))
        .toList();
  }

  /// What values may lose on their way, one text per column.
  List<String> losses() {
    return columnViews().stream()
        .flatMap(column ->
            column.loss().stream()
                .map(loss -> "%s.%s (%s)".formatted(plan.job(), column.name(), loss)))
        .toList();
  }

  /// What a user should know of it, one text per matter.
  List<String> warnings() {
    return LateCommits.unguarded(plan.mapping()).stream().toList();
  }

  /// The columns whose values only PostgreSQL can judge, when it writes them.
  List<String> checked() {
    return columnViews().stream()
        .filter(ColumnView::isChecked)
        .map(column -> "%s.%s (%s)".formatted(plan.job(), column.name(), column.type()))
        .toList();
  }

  Map<String, @Nullable Object> json() {
    SyncJob job = plan.mapping().job();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("job", job.id().value());
    json.put("mode", JobTexts.mode(job.mode()));
    json.put("target", JobTexts.target(job));
    json.put("from", plan.window().from().map(Watermark::toString).orElse(null));
    json.put("to", plan.window().to().map(Watermark::toString).orElse(null));
    json.put("extraction", plan.extraction());
    json.put("readers", readers().orElse(null));
    json.put("changes", plan.changes());
    json.put("write", plan.write());
    json.put("columns", columnViews().stream().map(ColumnView::json).toList());
    json.put("lossy", losses());
    json.put("warnings", warnings());
    json.put("checked", checked());
    return json;
  }
}
