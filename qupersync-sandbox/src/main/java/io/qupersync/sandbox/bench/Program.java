package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// QuperSync as it was built: the jar, and the image beside it where there is one.
///
/// @param jar the whole program in one file
record Program(Path jar) {

  /// With the heap it promises to be content with, otherwise as the launcher and the image do it.
  ServiceProcess.Command onJar() {
    return new ServiceProcess.Command(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms16m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:CompileThresholdScaling=3",
            "-XX:TrimNativeHeapInterval=2000",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Duser.timezone=UTC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            jar.toString()),
        Map.of());
  }

  /// The image with a prepared start, as on a VM; the jar where there is none.
  ///
  /// @param folder where the prepared start is kept
  ServiceProcess.Command shipped(Path folder) throws IOException, InterruptedException {
    if (!hasImage()) {
      return onJar();
    }
    var command =
        new ServiceProcess.Command(
            List.of(image().toString()),
            Map.of(
                "QUPERSYNC_CACHE_DIR",
                folder.resolve("cache").toString(),
                "QUPERSYNC_JAVA_OPTS",
                "-Xmx64m"));
    warm(command);
    return command;
  }

  /// Does nothing when it was done before.
  private static void warm(ServiceProcess.Command command)
      throws IOException, InterruptedException {
    ProcessBuilder warming =
        new ProcessBuilder(command.words().getFirst(), "--warm")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    warming.environment().putAll(command.environment());
    Process started = warming.start();
    if (!started.waitFor(2, TimeUnit.MINUTES)) {
      started.destroyForcibly();
      throw new IOException("the image's start is not prepared within two minutes");
    }
  }

  boolean hasImage() {
    return Files.isExecutable(image());
  }

  private Path image() {
    return jar.resolveSibling("image").resolve("bin").resolve("qupersync");
  }
}
