package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MediansTest {

  @Test
  void one_odd_round_does_not_move_the_median() {
    assertThat(Medians.of(List.of(2.0, 900.0, 1.0))).isEqualTo(2);
  }

  @Test
  void an_even_number_of_rounds_has_its_median_between_the_two_in_the_middle() {
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }

  @Test
  void ratios_are_taken_within_a_round_before_the_median_is() {
    // the second round was slow for both: each is still twice as slow as the other
    assertThat(Medians.ofRatios(List.of(2.0, 20.0, 4.0), List.of(1.0, 10.0, 1.0))).isEqualTo(2);
  }

  @Test
  void nothing_has_no_median() {
    assertThatIllegalArgumentException().isThrownBy(() -> Medians.of(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Medians.ofRatios(List.of(1.0), List.of(1.0, 2.0)));
  }
}
