package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Has a running JVM write down what it does, by the JDK's own flight recorder.
final class Recorder {

  private final long pid;

  Recorder(long pid) {
    this.pid = pid;
  }

  void start() throws IOException, InterruptedException {
    tell(
        "JFR.start",
        "name=bench",
        "settings=profile",
        // unknown to a JVM elsewhere than on Linux, which leaves them out
        "jdk.CPUTimeSample#enabled=true",
        "jdk.CPUTimeSample#throttle=2ms");
  }

  /// Ends the recording.
  ///
  /// @param file for it
  void stop(Path file) throws IOException, InterruptedException {
    tell("JFR.stop", "name=bench", "filename=" + file);
  }

  private void tell(String command, String... options) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var words = new ArrayList<>(List.of(jcmd, Long.toString(pid), command));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException(command + " does not end");
    }
    if (process.exitValue() != 0) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException("%s fails: %s".formatted(command, said.strip()));
    }
  }
}
