package io.qupersync.sandbox.bench;

import java.nio.file.Path;
import java.util.Optional;

/// QuperSync, and another build of it where there is one to be compared with: each a process with
/// tables of its own.
final class Services implements AutoCloseable {

  private final Service own;
  private final Optional<Service> other;

  /// @param jobs the part of their configuration that names the jobs
  /// @param jar the other build
  Services(Testbed testbed, String jobs, Optional<Path> jar) throws Exception {
    this.own = testbed.serve(jobs);
    try {
      this.other = jar.isPresent() ? Optional.of(testbed.serve(jar.get(), jobs)) : Optional.empty();
    } catch (Exception failure) {
      own.close();
      throw failure;
    }
  }

  Service own() {
    return own;
  }

  Optional<Service> other() {
    return other;
  }

  @Override
  public void close() {
    other.ifPresent(Service::close);
    own.close();
  }
}
