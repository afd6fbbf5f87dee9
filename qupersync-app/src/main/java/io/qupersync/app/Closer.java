package io.qupersync.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what it was given, the last first.
final class Closer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  /// Closes everything after wiring broke half-way.
  ///
  /// @return the failure, to be thrown
  RuntimeException closeAfter(RuntimeException failure) {
    close();
    return failure;
  }

  /// One that cannot be closed does not keep the others open.
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception broken) {
        LOG.warn("{} could not be closed", resource.getClass().getSimpleName(), broken);
      }
    }
  }
}
