package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the rivals do is right, and a copy that is wrong does not pass for a right one.
class CopiesTest {

  private static EmbeddedServer server;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    server = EmbeddedServer.start();
    connection = server.connect();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @BeforeEach
  void two_equal_tables() throws SQLException {
    execute(
        "drop table if exists left_one, right_one, right_one_stage",
        "create table left_one (id int, region text, note text, primary key (id, region))",
        "insert into left_one values (1, 'eu', 'a'), (2, 'eu', null), (2, 'us', '')",
        "create table right_one (like left_one including all)",
        "create table right_one_stage (like left_one)",
        "insert into right_one select * from left_one order by id desc");
  }

  @Test
  void the_order_of_rows_makes_no_difference() throws SQLException {
    assertThat(contents("right_one")).isEqualTo(contents("left_one"));
  }

  @Test
  void one_cell_makes_a_difference() throws SQLException {
    execute("update right_one set note = 'b' where id = 1");
    assertThat(contents("right_one")).isNotEqualTo(contents("left_one"));
  }

  @Test
  void null_is_not_an_empty_text() throws SQLException {
    execute("update right_one set note = '' where note is null");
    assertThat(contents("right_one")).isNotEqualTo(contents("left_one"));
  }

  @Test
  void cells_that_have_changed_places_make_a_difference() throws SQLException {
    execute(
        "update right_one set note = case id when 1 then null else 'a' end where region = 'eu'");
    assertThat(contents("right_one")).isNotEqualTo(contents("left_one"));
  }

  @Test
  void a_row_less_makes_a_difference() throws SQLException {
    execute("delete from right_one where region = 'us'");
    assertThat(contents("right_one")).isNotEqualTo(contents("left_one"));
  }

  @Test
  void an_upsert_and_a_delete_make_a_mirror() throws SQLException {
    execute(
        "insert into right_one values (9, 'eu', 'gone')",
        "update right_one set note = 'old' where id = 1",
        "delete from right_one where id = 2 and region = 'us'",
        "insert into right_one_stage select * from left_one");
    var sql = TableSql.of(connection, "right_one", List.of("id", "region"));

    execute(sql.upsertFrom(sql.stage()), sql.deleteWhatIsNotStaged());

    assertThat(contents("right_one")).isEqualTo(contents("left_one"));
  }

  @Test
  void the_driver_passes_rows_on_where_there_is_no_psql() throws SQLException {
    execute("truncate right_one");
    var pipe = new DriverPipe(Endpoint.of(server), Endpoint.of(server));

    pipe.copy("select * from left_one", "right_one");
    assertThat(contents("right_one")).isEqualTo(contents("left_one"));

    execute("update right_one set note = 'old'");
    var sql = TableSql.of(connection, "right_one", List.of("id", "region"));
    pipe.upsertInTurn(List.of(new Pipe.Transfer("select * from left_one", sql)));
    assertThat(contents("right_one")).isEqualTo(contents("left_one"));
  }

  private static Contents contents(String table) throws SQLException {
    return Contents.of(connection, table);
  }

  private static void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
