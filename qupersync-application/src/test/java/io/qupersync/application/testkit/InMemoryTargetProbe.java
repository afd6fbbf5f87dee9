package io.qupersync.application.testkit;

import io.qupersync.application.port.TargetProbe;
import io.qupersync.domain.table.TableRef;
import java.util.Optional;

/// In memory, everything is allowed.
final class InMemoryTargetProbe implements TargetProbe {

  @Override
  public Probed probe() {
    return new Probed("a database in memory", "test", false);
  }

  @Override
  public Optional<String> obstacleTo(TableRef table) {
    return Optional.empty();
  }

  @Override
  public Optional<String> obstacleToState() {
    return Optional.empty();
  }
}
