package io.qupersync.app;

import java.nio.file.Path;
import java.util.Map;

/// What the process finds around it.
record Environment(Map<String, String> environment, Path directory) {

  Environment {
    environment = Map.copyOf(environment);
  }
}
