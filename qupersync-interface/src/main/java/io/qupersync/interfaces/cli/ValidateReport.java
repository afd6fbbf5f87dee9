package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.HumanText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `validate`: every problem of the configuration at once. They are its result and go to stdout.
public final class ValidateReport {

  private final Console console;

  public ValidateReport(Console console) {
    this.console = console;
  }

  /// @param origin the file, or where else the configuration came from
  /// @param jobs how many jobs it defines; of no interest when there are problems
  public ExitCode execute(String origin, int jobs, List<ConfigurationProblem> problems) {
    if (console.json()) {
      console.resultAsJson(problems.stream().map(ValidateReport::json).toList());
    } else if (problems.isEmpty()) {
      console.result("%s: %s, no problems".formatted(origin, HumanText.count(jobs, "job")));
    } else {
      problems.forEach(problem -> console.result(problem.toString()));
    }
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.USAGE;
  }

  private static Map<String, String> json(ConfigurationProblem problem) {
    var json = new LinkedHashMap<String, String>();
    json.put("place", problem.place());
    json.put("message", problem.message());
    return json;
  }
}
