package io.qupersync.app.config;

import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Problems;
import io.qupersync.app.config.document.References;
import io.qupersync.app.config.document.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// The jobs that are always there, from a resource in the format of `jobs.d`.
final class BuiltInJobs {

  private static final String RESOURCE = "builtin-jobs.yaml";

  private BuiltInJobs() {}

  static Map<String, Section> read(Problems problems) {
    var nothingToReferTo = new References(Map.of(), Path.of(""));
    try (InputStream yaml =
        Objects.requireNonNull(BuiltInJobs.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      Fields keys = new YamlFile(RESOURCE, nothingToReferTo, problems).read(yaml).orElseThrow();
      return new Section("", keys, Keys.MORE_JOBS, problems).named("jobs", Keys.JOB);
    } catch (IOException broken) {
      throw new UncheckedIOException("this program is damaged: " + RESOURCE, broken);
    }
  }
}
