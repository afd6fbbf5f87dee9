package io.qupersync.sandbox.bench;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes down what a bench came to, for people: a page in Markdown and a plot.
final class PerformancePage {

  private static final String PLOT = "images/performance.svg";

  private final BenchResult result;
  private final BenchSettings settings;

  PerformancePage(BenchResult result, BenchSettings settings) {
    this.result = result;
    this.settings = settings;
  }

  /// @param folder for `performance.md` and `images/performance.svg`
  void write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve(PLOT).toAbsolutePath().getParent());
    Files.writeString(folder.resolve(PLOT), plot());
    Files.writeString(folder.resolve("performance.md"), text());
  }

  String text() throws IOException {
    return template()
        .replace("%goals%", goals())
        .replace("%plot%", PLOT)
        .replace("%figures%", figures())
        .replace("%far%", far())
        .replace("%profiles%", profiles())
        .replace("%setting%", result.setting())
        .replace("%rounds%", Integer.toString(settings.rounds()))
        .replace("%rows%", String.format(Locale.ROOT, "%,d", settings.rows()))
        .replace("%again%", again());
  }

  private static String template() throws IOException {
    try (InputStream in = PerformancePage.class.getResourceAsStream("performance.md")) {
      if (in == null) {
        throw new FileNotFoundException("performance.md");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String again() {
    String only = settings.only().isEmpty() ? "" : " --only " + String.join(",", settings.only());
    return "./qupersync bench --rows %d --rounds %d%s --write docs"
        .formatted(settings.rows(), settings.rounds(), only);
  }

  private String goals() {
    var lines = new ArrayList<String>();
    lines.add("| work | against | wanted | measured | reached |");
    lines.add("| --- | --- | ---: | ---: | --- |");
    for (Goal goal : result.goals()) {
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  goal.work(),
                  goal.against(),
                  goal.wanted(),
                  goal.measured(),
                  goal.met() ? "yes" : "**no**"));
    }
    return String.join("\n", lines);
  }

  private String figures() {
    var lines = new ArrayList<String>();
    lines.add(
        "| work | who | seconds | rows/s | MB/s | CPU: JVM | client | relay | target | source | WAL MB | RSS MB | heap MB | written | unchanged |");
    lines.add(
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    result.figures().forEach(figure -> lines.add(line(figure)));
    return String.join("\n", lines);
  }

  private static String line(Figure figure) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %,.0f | %.1f | %.2f | %.2f | %.2f | %.2f | %.2f | %,.1f | %.0f | %.0f | %,d | %,d |",
        figure.work(),
        figure.contestant(),
        figure.seconds(),
        figure.rowsPerSecond(),
        figure.megabytesPerSecond(),
        figure.program(),
        figure.client(),
        figure.relay(),
        figure.target(),
        figure.source(),
        figure.wal() / 1e6,
        figure.peakMemory() / 1e6,
        figure.heap() / 1e6,
        figure.inserted() + figure.updated() + figure.deleted(),
        figure.unchanged());
  }

  private String far() {
    var lines = new ArrayList<String>();
    lines.add("| work | who | rows | seconds | rows/s | round trips cost |");
    lines.add("| --- | --- | ---: | ---: | ---: | ---: |");
    Map<String, Double> near = new HashMap<>();
    for (Figure figure : result.figures()) {
      if (DistantSourceBenchmark.measures(figure.work())) {
        double least = near.computeIfAbsent(figure.work(), _ -> figure.seconds());
        lines.add(
            String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %.2f | %,.0f | %.2f s |",
                figure.work(),
                figure.contestant(),
                figure.rows(),
                figure.seconds(),
                figure.rowsPerSecond(),
                figure.seconds() - least));
      }
    }
    return near.isEmpty() ? "Not measured this time." : String.join("\n", lines);
  }

  private String profiles() {
    var text = new StringBuilder();
    for (Profile profile : result.profiles()) {
      text.append(
          String.format(
              Locale.ROOT,
              "(%s): %,d samples; the collector stopped all others for %.2f s.%n%n",
              profile.work(),
              profile.samples(),
              profile.collecting()));
      text.append(shares("part", profile.parts(), profile));
      text.append(beside("JIT compilers", profile.compilers(), profile));
      text.append(beside("garbage collector, JVM", profile.collector(), profile)).append('\n');
      text.append(shares("method", profile.methods(), profile)).append('\n');
    }
    return text.isEmpty() ? "No profile was taken.\n" : text.toString().stripTrailing();
  }

  private static String shares(String what, List<Profile.Share> shares, Profile profile) {
    var text =
        new StringBuilder(
            "| %s | of the samples | CPU µs a row |\n| --- | ---: | ---: |\n".formatted(what));
    for (Profile.Share share : shares) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f %% | %.2f |%n",
              share.what(),
              100.0 * share.samples() / profile.samples(),
              profile.perRow(share)));
    }
    return text.toString();
  }

  /// What no sample can tell, since samples are of threads that run the program.
  private static String beside(String what, double seconds, Profile profile) {
    return String.format(Locale.ROOT, "| %s | | %.2f |%n", what, profile.perRow(seconds));
  }

  private String plot() {
    Map<String, List<SpeedPlot.Bar>> works = new LinkedHashMap<>();
    for (Figure figure : result.figures()) {
      works
          .computeIfAbsent(figure.work(), _ -> new ArrayList<>())
          .add(new SpeedPlot.Bar(figure.contestant(), figure.seconds()));
    }
    return SpeedPlot.of(
        works.entrySet().stream()
            .map(work ->
                new SpeedPlot.Group(
                    result.titles().getOrDefault(work.getKey(), work.getKey()), work.getValue()))
            .toList());
  }
}
