package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportedCountsTest {

  private static final String RUN =
      "{\"run_id\":9,\"status\":\"success\",\"rows_extracted\":10,\"rows_inserted\":3,\"rows_updated\":2,\"rows_unchanged\":5,\"rows_deleted\":1,\"error\":null}";

  @Test
  void reads_what_a_run_says() {
    assertThat(ReportedCounts.sumOf(RUN)).isEqualTo(new ReportedCounts("success", 10, 3, 2, 5, 1));
    assertThat(ReportedCounts.sumOf(RUN).written()).isEqualTo(6);
  }

  @Test
  void adds_up_runs() {
    assertThat(ReportedCounts.sumOf("{\"runs\":[%s,%s]}".formatted(RUN, RUN)))
        .isEqualTo(new ReportedCounts("success", 20, 6, 4, 10, 2));
  }

  @Test
  void one_that_failed_among_many_is_seen() {
    assertThat(ReportedCounts.sumOf(RUN + RUN.replace("success", "failed")).status())
        .isEqualTo("success, failed");
  }
}
