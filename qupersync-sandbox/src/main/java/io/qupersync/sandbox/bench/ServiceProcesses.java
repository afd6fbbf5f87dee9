package io.qupersync.sandbox.bench;

import java.nio.file.Path;
import java.util.Optional;

/// QuperSync, and another build of it where there is one to be compared with: each a process with
/// tables of its own.
final class ServiceProcesses implements AutoCloseable {

  private final ServiceProcess own;
  private final Optional<ServiceProcess> other;

  /// @param jobs the part of their configuration that names the jobs
  /// @param jar the other build
  ServiceProcesses(BenchEnvironment benchEnvironment, String jobs, Optional<Path> jar)
      throws Exception {
    this.own = benchEnvironment.serve(jobs);
    try {
      this.other =
          jar.isPresent() ? Optional.of(benchEnvironment.serve(jar.get(), jobs)) : Optional.empty();
    } catch (Exception failure) {
      own.close();
      throw failure;
    }
  }

  ServiceProcess own() {
    return own;
  }

  Optional<ServiceProcess> other() {
    return other;
  }

  @Override
  public void close() {
    other.ifPresent(ServiceProcess::close);
    own.close();
  }
}
