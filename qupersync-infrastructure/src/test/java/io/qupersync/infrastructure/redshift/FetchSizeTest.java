package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.Columns.columns;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.table.TableShape;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

final class FetchSizeTest {

  private static final long BUDGET = 4 << 20;
  private static final TableShape NARROW = new TableShape(columns("id", "bigint", "n", "integer"));
  private static final TableShape WIDE =
      new TableShape(columns("id", "bigint", "a", "varchar(65535)", "b", "varchar(65535)"));
  private static final TableShape UNBOUNDED = new TableShape(columns("id", "bigint", "a", "json"));

  @Test
  void begins_with_what_a_batch_wants() {
    assertThat(first(NARROW, 1000).rows()).isEqualTo(500);
    assertThat(first(NARROW, 20).rows()).isEqualTo(20);
  }

  @Test
  void begins_carefully_where_rows_may_be_wide() {
    assertThat(first(WIDE, 1000).rows()).isBetween(30, 35);
    assertThat(first(UNBOUNDED, 1000).rows()).isEqualTo(1);
  }

  @Test
  void grows_by_steps_to_what_fits() {
    FetchSize fetch = first(NARROW, 1000);

    assertThat(afterRowsOf(100, fetch)).isEqualTo(2000);
    assertThat(afterRowsOf(100, fetch)).isEqualTo(8000);
    assertThat(afterRowsOf(100, fetch)).isEqualTo(32_000);
    assertThat(afterRowsOf(100, fetch)).isEqualTo((int) (BUDGET / 100));
  }

  @Test
  void may_hold_more_the_farther_away_the_server_is() {
    long near = 1 << 20;
    assertThat(FetchSize.budget(near, Duration.ofNanos(100_000))).isEqualTo(near);
    assertThat(FetchSize.budget(near, Duration.ofMillis(1))).isEqualTo(2_000_000);
    assertThat(FetchSize.budget(near, Duration.ofMillis(20))).isEqualTo(4 * near);
    assertThat(FetchSize.budget(near, ChronoUnit.FOREVER.getDuration())).isEqualTo(4 * near);
  }

  @Test
  void does_not_change_in_the_middle_of_a_fetch() {
    FetchSize fetch = first(NARROW, 1000);

    for (int row = 1; row < 500; row++) {
      assertThat(fetch.sees(100)).isFalse();
    }
    assertThat(fetch.sees(100)).isTrue();
  }

  @Test
  void is_never_more_than_the_most() {
    FetchSize fetch = first(NARROW, 1000);
    for (int i = 0; i < 10; i++) {
      afterRowsOf(1, fetch);
    }

    assertThat(fetch.rows()).isEqualTo(50_000);
  }

  @Test
  void shrinks_at_once_and_never_to_nothing() {
    FetchSize fetch = first(NARROW, 1000);
    afterRowsOf(100, fetch);

    assertThat(afterRowsOf(16 << 20, fetch)).isEqualTo(1);
  }

  @Test
  void keeps_to_a_limit_that_was_learned_the_hard_way() {
    FetchSize fetch = FetchSize.first(NARROW, BUDGET, 1000, 100);
    assertThat(fetch.rows()).isEqualTo(100);

    assertThat(afterRowsOf(1, fetch)).isEqualTo(100);
  }

  /// The size after a whole fetch of rows so wide.
  private static int afterRowsOf(long bytes, FetchSize fetch) {
    int rows = fetch.rows();
    for (int row = 0; row < rows; row++) {
      fetch.sees(bytes);
    }
    return fetch.rows();
  }

  private static FetchSize first(TableShape shape, int batchSize) {
    return FetchSize.first(shape, BUDGET, batchSize, Integer.MAX_VALUE);
  }
}
