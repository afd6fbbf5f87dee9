package io.qupersync.interfaces.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Properties;

/// `version`: of QuperSync, and of the Java it runs on.
public final class VersionCommand {

  private static final String UNKNOWN = "unknown";

  private final Console console;

  public VersionCommand(Console console) {
    this.console = console;
  }

  public ExitCode execute() {
    if (console.json()) {
      var json = new LinkedHashMap<String, String>();
      json.put("qupersync", version());
      json.put("java", Runtime.version().toString());
      console.resultAsJson(json);
    } else {
      console.result("qupersync %s (java %s)".formatted(version(), Runtime.version()));
    }
    return ExitCode.DONE;
  }

  /// From a resource that the build fills in: a manifest is lost when jars are merged into one.
  public static String version() {
    try (InputStream resource = VersionCommand.class.getResourceAsStream("version.properties")) {
      var properties = new Properties();
      if (resource != null) {
        properties.load(resource);
      }
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
