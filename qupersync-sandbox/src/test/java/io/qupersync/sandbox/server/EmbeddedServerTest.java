package io.qupersync.sandbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class EmbeddedServerTest {

  @Test
  void starts_a_postgres_18_with_the_database_asked_for() throws SQLException {
    try (var server = EmbeddedServer.start(ServerSettings.fast().database("quper"))) {
      assertThat(server.jdbcUrl()).endsWith("/quper");
      assertThat(answer(server, "show server_version")).startsWith("18.");
      assertThat(answer(server, "select current_database()")).isEqualTo("quper");
      assertThat(answer(server, "show timezone")).isEqualTo("UTC");
    }
  }

  @Test
  void lets_nobody_in_without_the_password() throws SQLException {
    try (var server = EmbeddedServer.start()) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong"))
          .hasFieldOrPropertyWithValue("SQLState", "28P01");
    }
  }

  @Test
  void creates_further_databases() throws SQLException {
    try (var server = EmbeddedServer.start()) {
      server.createDatabase("With Capitals and blanks");
      try (Connection connection = server.connect("With Capitals and blanks")) {
        assertThat(connection.getCatalog()).isEqualTo("With Capitals and blanks");
      }
    }
  }

  @Test
  void keeps_data_and_port_over_a_stop() throws SQLException {
    try (var server = EmbeddedServer.start()) {
      int port = server.port();
      execute(server, "create table kept as select 42 as answer");
      server.stop();
      assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);

      server.restart();

      assertThat(server.port()).isEqualTo(port);
      assertThat(answer(server, "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void recovers_what_was_committed_before_a_crash() throws SQLException {
    try (var server = EmbeddedServer.start(ServerSettings.durable())) {
      assertThat(answer(server, "show fsync")).isEqualTo("on");
      execute(server, "create table kept as select 42 as answer");
      try (Connection open = server.connect();
          Statement statement = open.createStatement()) {
        open.setAutoCommit(false);
        statement.execute("insert into kept values (43)");

        server.crash();

        assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
      }
      server.restart();
      assertThat(answer(server, "select sum(answer) from kept")).isEqualTo("42");
    }
  }

  @Test
  void takes_server_parameters() throws SQLException {
    try (var server = EmbeddedServer.start(ServerSettings.fast().parameter("work_mem", "7MB"))) {
      assertThat(answer(server, "show work_mem")).isEqualTo("7MB");
    }
    assertThatThrownBy(() -> ServerSettings.fast().parameter("search_path", "a, b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void leaves_nothing_behind() throws SQLException {
    Path log;
    String data;
    try (var server = EmbeddedServer.start()) {
      log = server.log();
      data = answer(server, "show data_directory");
      assertThat(log).exists();
      assertThat(Files.exists(Path.of(data))).isTrue();
    }
    assertThat(log).doesNotExist();
    assertThat(Files.exists(Path.of(data))).isFalse();
  }

  @Test
  void tells_no_password_to_a_log() {
    assertThat(ServerSettings.fast().password("secret").toString()).doesNotContain("secret");
  }

  private static void execute(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
