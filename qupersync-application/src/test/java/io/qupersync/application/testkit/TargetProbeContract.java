package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.table.TableRef;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.TargetProbe] promises to a user who may do everything;
/// what it tells others is for each adapter to test.
public abstract class TargetProbeContract {

  private static final TableRef ORDERS = TableRef.of("analytics", "orders");

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void says_who_is_there() {
    assertThat(side.probe().probe().version()).isNotBlank();
    assertThat(side.probe().probe().user()).isNotBlank();
  }

  @Test
  void sees_no_obstacle_to_a_table_that_is_there_or_still_to_be_made() {
    assertThat(side.probe().obstacleTo(ORDERS)).isEmpty();
    side.create(ORDERS, List.of("id"), Columns.columns("id", "bigint"));
    assertThat(side.probe().obstacleTo(ORDERS)).isEmpty();
  }

  @Test
  void sees_no_obstacle_to_its_state() {
    assertThat(side.probe().obstacleToState()).isEmpty();
  }
}
