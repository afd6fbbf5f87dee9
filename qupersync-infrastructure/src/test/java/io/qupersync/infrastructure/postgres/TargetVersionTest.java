package io.qupersync.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.infrastructure.fixture.PostgresSide;
import org.junit.jupiter.api.Test;

/// That the tests beside this one meet the PostgreSQL that the build says they meet.
class TargetVersionTest {

  @Test
  void the_target_is_the_postgresql_that_the_build_names_or_the_newest() {
    String binaries = System.getProperty("qupersync.target.binaries", "-18.");
    try (PostgresSide side = PostgresSide.bare()) {
      assertThat(binaries)
          .contains("-%s.".formatted(side.value("show server_version").split("\\.")[0]));
    }
  }
}
