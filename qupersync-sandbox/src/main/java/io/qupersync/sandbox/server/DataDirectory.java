package io.qupersync.sandbox.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The files of one embedded server, and the processes that work on them.
///
/// It lies where the library keeps its own: what a killed JVM leaves behind there is found, stopped
/// and removed by the next one that starts a server.
final class DataDirectory {
  private final Path path;
  private final DataDirectoryTemplate dataDirectoryTemplate;

  private DataDirectory(Path home, Binaries binaries) {
    this.path = home.resolve("qupersync-" + UUID.randomUUID());
    this.dataDirectoryTemplate = new DataDirectoryTemplate(home, binaries);
  }

  static DataDirectory create(Binaries binaries) {
    String home =
        System.getProperty(
            "ot.epg.working-dir",
            Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg").toString());
    return new DataDirectory(Path.of(home), binaries);
  }

  /// Beside the directory: initdb refuses one that is not empty.
  Path log() {
    return path.resolveSibling(path.getFileName() + ".log");
  }

  Path accessRules() {
    return path.resolve("pg_hba.conf");
  }

  EmbeddedPostgres launch(ServerSettings settings, int port) {
    try {
      // where there are files already, the library leaves initdb out
      boolean initialised = Files.exists(path) || dataDirectoryTemplate.copyTo(path);
      var builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(path)
              // with `true` the library would run initdb again at every restart
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .setPGStartupWait(Duration.ofSeconds(60))
              .setConnectConfig("password", settings.password())
              .setOutputRedirector(Redirect.appendTo(log().toFile()))
              .setErrorRedirector(Redirect.appendTo(log().toFile()));
      settings.binaries().equip(builder);
      if (!initialised) {
        builder.setDataDirectoryCustomizer(fresh -> dataDirectoryTemplate.keep(fresh.toPath()));
      }
      settings.effectiveParameters().forEach(builder::setServerConfig);
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void stop(EmbeddedPostgres postgres) {
    try {
      postgres.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void killAll() {
    List<ProcessHandle> victims = processes();
    victims.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            victims.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
    try {
      // held by the library object of the killed server, which nobody will ask to let go
      Files.deleteIfExists(path.resolve("epg-lock"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void delete() {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> everything = Files.walk(path)) {
      for (Path file : everything.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.deleteIfExists(log());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The postmaster first: its children must not be replaced while they die.
  private List<ProcessHandle> processes() {
    Path pidFile = path.resolve("postmaster.pid");
    var found = new ArrayList<ProcessHandle>();
    try (Stream<String> lines = Files.lines(pidFile)) {
      lines
          .findFirst()
          .map(Long::valueOf)
          .flatMap(ProcessHandle::of)
          .ifPresent(postmaster -> {
            found.add(postmaster);
            postmaster.descendants().forEach(found::add);
          });
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return found;
  }
}
