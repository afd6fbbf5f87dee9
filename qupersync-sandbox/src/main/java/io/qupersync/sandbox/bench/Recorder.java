package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Has a running JVM write down what it does, by the JDK's own flight recorder.
final class Recorder {

  private final long pid;

  Recorder(long pid) {
    this.pid = pid;
  }

  void start() throws IOException, InterruptedException {
    tell("JFR.start", "name=bench", "settings=profile");
  }

  /// Ends the recording.
  ///
  /// @param file for it
  void stop(Path file) throws IOException, InterruptedException {
    tell("JFR.stop", "name=bench", "filename=" + file);
  }

  private void tell(String command, String first, String second)
      throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(List.of(jcmd, Long.toString(pid), command, first, second))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s fails: %s".formatted(command, said.strip()));
    }
  }
}
