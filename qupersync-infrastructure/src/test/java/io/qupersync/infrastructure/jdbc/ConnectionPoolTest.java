package io.qupersync.infrastructure.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.fixture.PostgresSide;
import io.qupersync.infrastructure.postgres.PostgresDatabase;
import io.qupersync.infrastructure.postgres.PostgresSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The target's connections when the target is not as it should be.
@Timeout(60)
class ConnectionPoolTest {

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.bare();
  }

  @AfterAll
  static void close() {
    side.close();
  }

  @Test
  void opening_connects_to_nobody() {
    try (var _ = PostgresDatabase.open(at("no.such.host.invalid", 5432), InstantSource.system())) {
      assertThat(side.settings().toString()).doesNotContain(side.settings().password().reveal());
    }
  }

  @Test
  void a_wrong_password_is_told_at_once_and_is_permanent() {
    PostgresSettings good = side.settings();
    var wrong =
        new PostgresSettings(
            good.host(),
            good.port(),
            good.database(),
            good.user(),
            new Secret("wrong"),
            good.tls(),
            Optional.empty(),
            good.schema(),
            Map.of(),
            1,
            Duration.ofMinutes(1));

    assertThatThrownBy(() -> connect(wrong))
        .isInstanceOfSatisfying(
            PermanentFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE))
        .hasMessageContaining("refused the password")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void an_unknown_host_and_a_closed_port_are_unreachable() {
    for (PostgresSettings settings :
        new PostgresSettings[] {at("no.such.host.invalid", 5432), at("127.0.0.1", 1)}) {
      assertThatThrownBy(() -> connect(settings))
          .isInstanceOfSatisfying(
              TransientFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE));
    }
  }

  @Test
  void an_option_the_driver_does_not_know_is_refused_at_the_start() {
    assertThatThrownBy(
            () -> PostgresDatabase.open(with(Map.of("sokcetTimeout", "5")), InstantSource.system()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("sokcetTimeout");
  }

  @Test
  void an_option_goes_before_our_own() {
    try (var database =
        PostgresDatabase.open(with(Map.of("ApplicationName", "theirs")), InstantSource.system())) {
      assertThat(value(database, "show application_name")).isEqualTo("theirs");
    }
  }

  @Test
  void a_transaction_that_fails_leaves_nothing() {
    try (var database = PostgresDatabase.open(side.settings(), InstantSource.system())) {
      database
          .state()
          .with("create", c -> c.createStatement().execute("create table public.t (i int)"));
      assertThatThrownBy(() ->
              database
                  .state()
                  .inTransaction(
                      "fill",
                      c -> {
                        c.createStatement().execute("insert into public.t values (1)");
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");

      assertThat(value(database, "select count(*) from public.t")).isEqualTo("0");
    }
  }

  @Test
  void a_pool_that_is_closed_says_so() {
    PostgresDatabase database = PostgresDatabase.open(side.settings(), InstantSource.system());
    database.close();

    assertThatThrownBy(() -> value(database, "select 1"))
        .isInstanceOf(SyncFailure.class)
        .hasMessageContaining("cannot ask");
  }

  @Test
  void a_session_that_waits_within_a_transaction_is_ended_by_the_server_in_time() {
    try (var database = PostgresDatabase.open(side.settings(), InstantSource.system())) {
      assertThat(value(database, "show idle_in_transaction_session_timeout")).isEqualTo("1min");
    }
  }

  private static void connect(PostgresSettings settings) {
    try (var database = PostgresDatabase.open(settings, InstantSource.system())) {
      value(database, "select 1");
    }
  }

  private static String value(PostgresDatabase database, String sql) {
    return database
        .state()
        .with(
            "ask",
            connection -> {
              try (var statement = connection.createStatement()) {
                var row = statement.executeQuery(sql);
                row.next();
                return row.getString(1);
              }
            });
  }

  private static PostgresSettings at(String host, int port) {
    PostgresSettings good = side.settings();
    return new PostgresSettings(
        host,
        port,
        good.database(),
        good.user(),
        good.password(),
        good.tls(),
        Optional.empty(),
        good.schema(),
        Map.of(),
        1,
        Duration.ofMinutes(1));
  }

  private static PostgresSettings with(Map<String, String> options) {
    PostgresSettings good = side.settings();
    return new PostgresSettings(
        good.host(),
        good.port(),
        good.database(),
        good.user(),
        good.password(),
        good.tls(),
        Optional.empty(),
        good.schema(),
        options,
        1,
        Duration.ofMinutes(1));
  }
}
