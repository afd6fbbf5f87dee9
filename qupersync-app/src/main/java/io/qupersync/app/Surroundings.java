package io.qupersync.app;

import java.nio.file.Path;
import java.util.Map;

/// What the process finds around it.
record Surroundings(Map<String, String> environment, Path directory) {

  Surroundings {
    environment = Map.copyOf(environment);
  }
}
