package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BenchSettingsTest {

  @Test
  void knows_its_works() {
    assertThat(Bench.NAMES)
        .startsWith("a", "b", "c", "d", "e")
        .contains("f", "h", "h-jobs", "wide");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(5000, 1, "z"))
        .withMessageStartingWith("no work 'z'; there are a, b, c, d, e, ");
  }

  @Test
  void refuses_what_would_measure_nothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> settings(999, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> settings(5000, 0));
  }

  @Test
  void wants_all_works_unless_some_are_named() {
    assertThat(settings(5000, 1).wants("c")).isTrue();
    assertThat(settings(5000, 1, "a").wants("c")).isFalse();
  }

  private static BenchSettings settings(long rows, int rounds, String... only) {
    return new BenchSettings(
        rows, rounds, List.of(only), Path.of("qupersync.jar"), Optional.empty(), Optional.empty());
  }
}
