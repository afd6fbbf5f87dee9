package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.sandbox.standin.StandInSettings.Encryption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EncryptedStandInTest {
  private static RedshiftStandIn redshift;

  @BeforeAll
  static void start() throws SQLException {
    redshift = RedshiftStandIn.start(StandInSettings.defaults().encryption(Encryption.TLS));
  }

  @AfterAll
  static void stop() {
    redshift.close();
  }

  @Test
  void a_client_that_checks_certificate_and_name_gets_in() throws SQLException {
    assertThat(answerThrough(redshift.jdbcUrl())).isEqualTo(42);
  }

  @Test
  void a_client_that_checks_the_certificate_alone_may_come_by_another_name() throws SQLException {
    assertThat(answerThrough(byAddress("verify-ca"))).isEqualTo(42);
  }

  @Test
  void a_client_that_checks_the_name_turns_away_at_another_one() {
    assertThatThrownBy(() -> answerThrough(byAddress("verify-full")))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_client_without_the_certificate_turns_away() {
    assertThatThrownBy(() -> answerThrough(address("localhost") + ";sslmode=verify-ca"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_client_that_asks_for_no_encryption_is_served_in_clear() throws SQLException {
    assertThat(answerThrough(address("localhost") + ";ssl=false")).isEqualTo(42);
  }

  private static String byAddress(String mode) {
    return "%s;sslmode=%s;sslRootCert=%s"
        .formatted(address("127.0.0.1"), mode, redshift.certificateAuthority());
  }

  private static String address(String host) {
    return "jdbc:redshift://%s:%d/%s".formatted(host, redshift.port(), redshift.database());
  }

  private static int answerThrough(String url) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(url, redshift.user(), redshift.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 42")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
