package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program under drill, of which nothing is known but how to start it.
final class ProgramUnderTest {

  private static final String MAIN = "io.qupersync.app.Main";

  private final String classPath;
  private final Path folder;
  private final Path archive;
  private int started;

  /// @param folder for what it prints
  ProgramUnderTest(String classPath, Path folder) {
    this.classPath = classPath;
    this.folder = folder;
    this.archive = folder.resolve("classes.jsa");
  }

  /// Starts it with the heap it promises to be content with.
  synchronized ProductProcess start(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xms16m",
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    // starts twice as fast from the second time on, and most of a drill is starting
    command.add(
        Files.exists(archive)
            ? "-XX:SharedArchiveFile=" + archive
            : "-XX:ArchiveClassesAtExit=" + archive);
    command.addAll(List.of("-cp", classPath, MAIN));
    command.addAll(arguments);
    int number = ++started;
    Path errors = folder.resolve(number + ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve(number + ".out").toFile())
            .redirectError(errors.toFile())
            .start();
    return new ProductProcess(process, errors);
  }
}
