package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// A file system of a few megabytes in memory, filled up but for a little, on which the program's
/// tables are made. Only root may mount one.
final class SmallDisk implements DiskShortage {

  private static final int SIZE = 24 << 20;
  private static final int LEAST_ROOM = 64 << 10;
  private static final int MOST_ROOM = 600 << 10;

  private final DrillRound drillRound;
  private final DrillEnvironment drillEnvironment;
  private final Path disk;
  private final long refusedBefore;

  private SmallDisk(DrillRound drillRound, Path disk) throws IOException {
    this.drillRound = drillRound;
    this.drillEnvironment = drillRound.arena();
    this.disk = disk;
    this.refusedBefore = refusals();
  }

  static boolean isPossible(DrillEnvironment drillEnvironment) {
    Path trial = drillEnvironment.folder().resolve("mount");
    try {
      Files.createDirectories(trial);
      return run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", trial.toString()) == 0
          && run("umount", trial.toString()) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  static DiskShortage under(DrillRound drillRound) throws SQLException, IOException {
    DrillEnvironment drillEnvironment = drillRound.arena();
    Path disk = Files.createDirectories(drillEnvironment.folder().resolve("disk"));
    require("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString());
    Path space = Files.createDirectory(disk.resolve("space"));
    int room = drillRound.random().nextInt(LEAST_ROOM, MOST_ROOM);
    drillEnvironment.atTarget(
        "create tablespace small location '%s'".formatted(space),
        "grant create on tablespace small to " + DrillEnvironment.WRITER,
        "alter role %s set default_tablespace = small".formatted(DrillEnvironment.WRITER));
    Files.write(disk.resolve("filler"), new byte[SIZE - room]);
    return new SmallDisk(drillRound, disk);
  }

  @Override
  public boolean isFelt() throws IOException {
    return refusals() > refusedBefore;
  }

  private long refusals() throws IOException {
    try (var lines = Files.lines(drillEnvironment.target().log())) {
      return lines.filter(line -> line.contains("No space left on device")).count();
    }
  }

  @Override
  public void end() throws IOException {
    Files.delete(disk.resolve("filler"));
  }

  @Override
  public void close() throws SQLException, IOException {
    drillRound.work().beginAnew(drillEnvironment);
    drillEnvironment.atTarget(
        "alter role %s reset default_tablespace".formatted(DrillEnvironment.WRITER),
        "drop tablespace small");
    require("umount", disk.toString());
  }

  private static void require(String... command) throws IOException {
    if (run(command) != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  private static int run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).start();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("does not end: " + String.join(" ", command));
      }
      return process.exitValue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command));
    }
  }
}
