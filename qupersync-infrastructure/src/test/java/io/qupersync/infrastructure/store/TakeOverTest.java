package io.qupersync.infrastructure.store;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.LeaseStore.Renewal;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Leases whose holder is gone, or just busy.
class TakeOverTest {

  private static final io.qupersync.domain.job.JobId ORDERS = aJob().build().id();

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void a_lease_of_a_dead_process_on_this_host_need_not_expire() throws Exception {
    var owner = ProcessOwner.onThisHost();
    var leases = new PostgresLeaseStore(side.database().state(), side.schema(), owner);
    Lease first = granted(leases, nameOfADeadProcess(owner));

    assertThat(leases.acquire(ORDERS, new RunId(2), owner.name(), Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            Attempt.Granted.class,
            taken -> {
              assertThat(taken.abandoned()).contains(first.run());
              assertThat(taken.lease().token()).isEqualTo(first.token() + 1);
            });
    assertThat(leases.renew(first, Duration.ofMinutes(1))).isEqualTo(Renewal.LOST);
  }

  @Test
  void a_lease_of_a_live_process_is_left_alone() {
    var owner = ProcessOwner.onThisHost();
    var leases = new PostgresLeaseStore(side.database().state(), side.schema(), owner);
    granted(leases, owner.name());

    assertThat(leases.acquire(ORDERS, new RunId(2), owner.name(), Duration.ofMinutes(1)))
        .isInstanceOf(Attempt.Held.class);
  }

  @Test
  void only_processes_of_this_host_can_be_known_to_be_dead() throws Exception {
    var here = ProcessOwner.onThisHost();
    String dead = nameOfADeadProcess(here);

    assertThat(here.test(dead)).isTrue();
    assertThat(here.test("elsewhere" + dead)).isFalse();
    assertThat(here.test(here.name())).isFalse();
    assertThat(here.test("an instance")).isFalse();
    assertThat(here.test("")).isFalse();
    // the number is alive, but given to another process
    assertThat(here.test(here.name().replaceFirst("\\d+$", "17"))).isTrue();
  }

  @Test
  void whoever_takes_over_ends_the_sessions_that_the_other_left() throws Exception {
    try (var run = ActiveRun.begin(side, aJob().build(), columns("id", "bigint"));
        Connection stalled = side.connect();
        Statement statement = stalled.createStatement()) {
      run.commit(row(1L));
      stalled.setAutoCommit(false);
      statement.execute(
          "set application_name = '%s'".formatted(SessionName.of(side.schema(), run.id(), ORDERS)));
      statement.execute("select from analytics.orders for update");

      run.loseLease();

      assertThat(isLost(statement)).isTrue();
    }
  }

  @Test
  void a_lease_whose_holder_is_committing_is_held() throws Exception {
    try (var run = ActiveRun.begin(side, aJob().build(), columns("id", "bigint"));
        Connection committing = side.connect();
        Statement statement = committing.createStatement()) {
      committing.setAutoCommit(false);
      statement.execute("select from quper.leases for update");

      assertThat(side.leases().acquire(ORDERS, side.runs().nextId(), "x", Duration.ofMinutes(1)))
          .isInstanceOfSatisfying(
              Attempt.Held.class, held -> assertThat(held.holder()).isEqualTo(run.id()));
    }
  }

  private static Lease granted(PostgresLeaseStore leases, String owner) {
    return ((Attempt.Granted) leases.acquire(ORDERS, new RunId(1), owner, Duration.ofMinutes(1)))
        .lease();
  }

  private static boolean isLost(Statement statement) {
    try {
      statement.execute("select 1");
      return false;
    } catch (SQLException lost) {
      return true;
    }
  }

  private static String nameOfADeadProcess(ProcessOwner owner)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    long started = process.info().startInstant().map(at -> at.toEpochMilli()).orElse(0L);
    process.waitFor();
    return owner.name().replaceFirst("\\d+:\\d+$", process.pid() + ":" + started);
  }
}
