package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A run of the program in a process of its own.
final class ProductProcess {

  private static final int LONGEST_QUOTE = 600;

  private final Process process;
  private final Path errors;

  ProductProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// @return whether there was anything left to kill
  boolean kill() throws InterruptedException {
    boolean alive = process.isAlive();
    process.destroyForcibly();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("it was killed a minute ago and has not ended");
    }
    return alive;
  }

  /// @param name as `kill` knows it, such as STOP
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .start()
        .waitFor(1, TimeUnit.MINUTES);
  }

  /// The exit code.
  ///
  /// @throws IllegalStateException when it does not end in time; it is killed then
  int await(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new IllegalStateException(
          "did not end within %d s; it said: %s".formatted(patience.toSeconds(), said()));
    }
    return process.exitValue();
  }

  /// The end of what it wrote to stderr.
  String said() {
    try {
      String all = Files.readString(errors).strip();
      return all.substring(Math.max(0, all.length() - LONGEST_QUOTE));
    } catch (IOException unreadable) {
      return "(nothing)";
    }
  }
}
