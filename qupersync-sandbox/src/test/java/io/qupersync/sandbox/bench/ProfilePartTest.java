package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilePartTest {

  @Test
  void time_belongs_to_whoever_is_nearest_to_the_top() {
    assertThat(
            ProfilePart.of(
                List.of(
                    "com.amazon.redshift.core.v3.QueryExecutorImpl",
                    "io.qupersync.infrastructure.redshift.PackedReader",
                    "io.qupersync.application.sync.RunSyncJob")))
        .isEqualTo(ProfilePart.READING);
  }

  @Test
  void what_is_called_of_the_jdk_counts_for_the_caller() {
    assertThat(
            ProfilePart.of(
                List.of(
                    "java.lang.String", "java.util.Arrays", "io.qupersync.domain.row.RowPacker")))
        .isEqualTo(ProfilePart.DECODING);
  }

  @Test
  void the_rooms_of_one_module_are_told_apart() {
    assertThat(ProfilePart.of(List.of("io.qupersync.infrastructure.postgres.StagingTable")))
        .isEqualTo(ProfilePart.ENCODING);
    assertThat(ProfilePart.of(List.of("io.qupersync.domain.mapping.TableMapping")))
        .isEqualTo(ProfilePart.MAPPING);
    assertThat(ProfilePart.of(List.of("io.qupersync.infrastructure.metrics.RunMeters")))
        .isEqualTo(ProfilePart.SERVICE);
  }

  @Test
  void nobody_of_ours_on_the_stack_is_the_jvm_itself() {
    assertThat(ProfilePart.of(List.of("java.lang.Thread"))).isEqualTo(ProfilePart.OTHER);
    assertThat(ProfilePart.of(List.of())).isEqualTo(ProfilePart.OTHER);
  }
}
