package io.qupersync.infrastructure.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.infrastructure.postgres.EncodingLoop;
import io.qupersync.infrastructure.redshift.DecodingLoop;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// What decoding, mapping and encoding a row cost, each alone: compiled with the tests, run by
/// hand. `./mvnw test -pl qupersync-infrastructure -am -Dtest=InnerLoops
/// -Dsurefire.failIfNoSpecifiedTests=false`
class InnerLoops {

  @Test
  void measures_each_of_them_alone() throws Exception {
    // the JVMs that are measured know no modules, and take their class path from this one
    String before = System.getProperty("java.class.path");
    System.setProperty("java.class.path", everything());
    try {
      assertThat(new Runner(options()).run()).isNotEmpty();
    } finally {
      System.setProperty("java.class.path", before);
    }
  }

  private static Options options() {
    return new OptionsBuilder()
        .include(DecodingLoop.class.getSimpleName())
        .include(EncodingLoop.class.getSimpleName())
        .forks(1)
        // as the launcher has it
        .jvmArgs("-Xmx64m", "-XX:+UseSerialGC", "-Duser.timezone=UTC")
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(1))
        .shouldFailOnError(true)
        .build();
  }

  private static String everything() {
    return Stream.of(
            Path.of("target", "test-classes").toAbsolutePath().toString(),
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path"))
        .filter(path -> !path.isEmpty())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
