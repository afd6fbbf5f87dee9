package io.qupersync.sandbox.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/// A freshly initialised data directory, kept for all servers to come: copying it takes a tenth of
/// the second that initdb takes.
final class DataDirectoryTemplate {
  private final Path home;
  private final Path path;

  /// Other binaries, another template.
  DataDirectoryTemplate(Path home, Binaries binaries) {
    this.home = home;
    this.path =
        home.resolve(
            "qupersync-template-%s%s"
                .formatted(binaries.fingerprint(), System.getProperty("user.name")));
  }

  /// False when there is none yet, or none that may be trusted: others may write to this place too.
  boolean copyTo(Path target) throws IOException {
    Files.createDirectories(home);
    if (!Files.isDirectory(path)
        || !Files.getOwner(path).equals(Files.getOwner(makeDirectory(target)))) {
      return false;
    }
    copy(path, target);
    return true;
  }

  /// To be called between initdb and the first start.
  void keep(Path initialised) {
    Path draft = home.resolve("qupersync-draft-" + UUID.randomUUID());
    try {
      copy(initialised, draft);
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException elsewhereFirst) {
      // another process has just kept its own, or there is no room: the next start takes longer
      deleteQuietly(draft);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    makeDirectory(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.skip(1).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          makeDirectory(copy);
        } else if (!file.endsWith("epg-lock")) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /// PostgreSQL refuses a data directory that others may read.
  private static Path makeDirectory(Path path) throws IOException {
    return Files.isDirectory(path)
        ? path
        : Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static void deleteQuietly(Path draft) {
    try (Stream<Path> files = Files.walk(draft)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException leftovers) {
      return;
    }
  }
}
