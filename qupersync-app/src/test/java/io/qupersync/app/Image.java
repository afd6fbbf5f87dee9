package io.qupersync.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The image as it lies on a machine that has no Java: nothing of this process's environment reaches
 * it, and the only commands it finds are those it says it needs.
 */
final class Image {

  static final Path HOME = Path.of("target/image").toAbsolutePath();

  private static final List<String> COMMANDS =
      List.of("readlink", "mkdir", "mktemp", "mv", "rm", "tail");
  private static final long PATIENCE_SECONDS = 120;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param directory the working directory, and for what it prints
   */
  Image(Path directory) throws IOException {
    this.directory = directory;
    Path commands = Files.createDirectories(directory.resolve("commands"));
    for (String command : COMMANDS) {
      Path script = commands.resolve(command);
      Files.writeString(script, "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(command));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    environment.put("PATH", commands.toString());
    environment.put("QUPERSYNC_CACHE_DIR", directory.resolve("cache").toString());
  }

  Image with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Image with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** What a process printed and ended with. */
  record Ended(int exit, String out, String err) {}

  Ended run(String... arguments) throws IOException, InterruptedException {
    return run(HOME.resolve("bin/qupersync"), arguments);
  }

  Ended run(Path program, String... arguments) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        builder(program, arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("did not end; it said: " + Files.readString(err));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Whoever starts it reads what it says on stderr, and ends it. */
  Process start(String... arguments) throws IOException {
    return builder(HOME.resolve("bin/qupersync"), arguments)
        .redirectOutput(directory.resolve("out").toFile())
        .start();
  }

  private ProcessBuilder builder(Path program, String... arguments) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }
}
