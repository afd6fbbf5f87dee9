package io.qupersync.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The JSON Schema of the configuration file, for editors: they complete keys, show what they mean
/// and mark mistakes. QuperSync itself reads the file without it.
public final class ConfigurationSchema {

  private static final String RESOURCE = "schema.json";

  private ConfigurationSchema() {}

  public static String text() {
    try (InputStream json =
        Objects.requireNonNull(ConfigurationSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("this program is damaged: " + RESOURCE, broken);
    }
  }
}
