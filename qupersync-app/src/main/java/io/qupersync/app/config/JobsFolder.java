package io.qupersync.app.config;

import io.qupersync.app.config.document.Problems;
import io.qupersync.app.config.document.References;
import io.qupersync.app.config.document.SourceLocation;
import io.qupersync.app.config.document.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The folder `jobs.d` beside the configuration file, whose YAML files define further jobs.
final class JobsFolder {

  private static final String NAME = "jobs.d";

  private final Path directory;
  private final Path folder;
  private final References references;
  private final Problems problems;

  /// @param directory the working directory
  /// @param file the configuration file, as messages name it
  JobsFolder(Path directory, Path file, References references, Problems problems) {
    this.directory = directory;
    this.folder = file.resolveSibling(NAME);
    this.references = references;
    this.problems = problems;
  }

  /// What would be read; empty when there is nothing, or it cannot be listed.
  static List<Path> filesBeside(Path file) {
    Path folder = file.resolveSibling(NAME);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> each.toString().endsWith(".yaml")).toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  /// The files by name; empty when there is no such folder.
  List<Section> read() {
    Path place = directory.resolve(folder);
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      List<String> names = files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
      names.stream().filter(name -> name.endsWith(".yml")).forEach(this::refuse);
      return names.stream().filter(name -> name.endsWith(".yaml")).flatMap(this::file).toList();
    } catch (IOException unreadable) {
      problems.add(
          new SourceLocation.WholeFile(folder.toString()),
          "cannot be listed; check its permissions (%s)".formatted(unreadable.getMessage()));
      return List.of();
    }
  }

  private Stream<Section> file(String name) {
    Path file = folder.resolve(name);
    return new YamlFile(file.toString(), references, problems)
        .read(directory.resolve(file)).stream()
            .map(keys -> new Section("", keys, Keys.MORE_JOBS, problems));
  }

  /// Skipped in silence, such a file would leave its author wondering.
  private void refuse(String name) {
    problems.add(
        new SourceLocation.WholeFile(folder.resolve(name).toString()),
        "only *.yaml is read here; rename it to end so");
  }
}
