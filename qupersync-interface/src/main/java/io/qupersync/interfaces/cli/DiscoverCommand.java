package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.DiscoverTables;
import io.qupersync.application.inspect.JobDraft;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `discover`: what there is at the source, and a job drafted for one table.
public final class DiscoverCommand {

  private final DiscoverTables discover;
  private final Console console;

  public DiscoverCommand(DiscoverTables discover, Console console) {
    this.discover = discover;
    this.console = console;
  }

  public ExitCode list(Command.Discover command) {
    List<TableRef> tables = discover.tables(command.pattern());
    if (console.json()) {
      console.resultAsJson(
          tables.stream()
              .map(table -> Map.of("schema", table.schema().value(), "table", table.name().value()))
              .toList());
    } else if (tables.isEmpty()) {
      console.result(
          "the source has no table '%s' that its user may see".formatted(command.pattern()));
    } else {
      Table table = Table.of("<schema", "<table");
      tables.forEach(ref -> table.row(Cell.of(ref.schema().value()), Cell.of(ref.name().value())));
      console.result(table);
    }
    return ExitCode.DONE;
  }

  public ExitCode draft(Command.Draft command) {
    JobDraft draft = discover.draft(command.table());
    if (console.json()) {
      var json = new LinkedHashMap<String, @Nullable Object>();
      json.put("schema", draft.table().schema().value());
      json.put("table", draft.table().name().value());
      json.put("key", draft.key());
      json.put("watermark", draft.watermark().orElse(null));
      json.put("doubts", draft.doubts());
      json.put("yaml", JobYaml.of(draft));
      console.resultAsJson(List.of(json));
    } else {
      console.result(JobYaml.of(draft));
    }
    return ExitCode.DONE;
  }
}
