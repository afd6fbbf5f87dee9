package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Lets the program in an image do what it does as a service, and has its JVM write down what it
/// needs for that. From these notes the image makes a prepared start wherever it is unpacked, where
/// no database may be near. A part of the image's build.
///
/// The notes hold for other folders and machines, which the prepared start itself does not: it
/// names its jars by their absolute places.
public final class StartUpTraining {

  /// What a service is asked for, by people and by what watches it.
  private static final List<String> ASKED =
      List.of(
          "/",
          "/health/live",
          "/health/ready",
          "/metrics",
          "/api/v1/jobs",
          "/api/v1/jobs/query_history_sync",
          "/api/v1/runs?limit=5");

  /// Without the profiles of methods: with them the JIT compilers are so eager at the start that
  /// they take 0.7 s of processor time until it is ready instead of 0.5 s, from the very cores that
  /// the start needs.
  private static final String TAKING_NOTES =
      "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTMode=record -XX:AOTConfiguration=";

  private static final String CONFIGURATION =
      """
      server: { port: %port% }
      defaults: { interval: 1h }
      """;

  /// So that the scheduler has looked for due runs more than once.
  private static final Duration A_WHILE = Duration.ofSeconds(2);

  private final Path image;
  private final Path folder;
  private final Map<String, String> environment;

  private StartUpTraining(Path image, Path folder, Map<String, String> environment) {
    this.image = image;
    this.folder = folder;
    this.environment = environment;
  }

  /// @param arguments the image's folder, and the file for the notes
  public static void main(String[] arguments) throws Exception {
    Path image = Path.of(arguments[0]).toAbsolutePath();
    Path notes = Path.of(arguments[1]).toAbsolutePath();
    Path folder = Files.createTempDirectory("qupersync-rehearsal");
    try (var sandbox = Sandbox.start(1, InstantSource.system())) {
      new StartUpTraining(image, folder, sandbox.environment()).play(notes);
    } finally {
      remove(folder);
    }
    if (!Files.exists(notes)) {
      throw new IOException("no notes were taken: " + notes);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// The first service makes the tables and fills them, which happens once in a lifetime and would
  /// only make each later start load more; the second one is what is prepared for.
  private void play(Path notes) throws Exception {
    serve("");
    serve(TAKING_NOTES + notes);
  }

  private void serve(String options) throws Exception {
    var variables = new HashMap<>(environment);
    variables.put("QUPERSYNC_JAVA_OPTS", options);
    variables.put("QUPERSYNC_CACHE_DIR", folder.toString());
    var command =
        new ServiceProcess.Command(List.of(image.resolve("bin/qupersync").toString()), variables);
    try (ServiceProcess serviceProcess = ServiceProcess.start(command, folder, CONFIGURATION)) {
      for (String path : ASKED) {
        serviceProcess.visit(path);
      }
      // the first service has begun all jobs by itself; none of them is due in the second
      Thread.sleep(A_WHILE);
      serviceProcess.awaitIdle();
      serviceProcess.run("query_history_sync");
    }
  }
}
