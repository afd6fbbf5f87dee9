package io.qupersync.interfaces.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
    name = "explain",
    header = "Say why a row is not in the target, or not as it is at the source.",
    description = {
      "Asks the source, the target, the watermark, the run log and the dead letters for one row. Changes nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  qupersync explain orders --key 4711",
      "  qupersync explain stock --key \"Berlin, Mitte\" --key 4711"
    })
final class ExplainArguments implements Arguments {

  @Parameters(paramLabel = "JOB", description = "The job.")
  String job = "";

  @Option(
      names = "--key",
      paramLabel = "VALUE",
      required = true,
      description =
          "The row's key. Of several columns, one --key each in the order of the job's key, or one with commas between.")
  List<String> key = new ArrayList<>();

  @Override
  public Command command() {
    return new Command.Explain(Arguments.job(job), key);
  }
}
