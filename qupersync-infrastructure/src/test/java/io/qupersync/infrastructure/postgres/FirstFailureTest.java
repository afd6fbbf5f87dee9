package io.qupersync.infrastructure.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.infrastructure.fixture.PostgresSide;
import io.qupersync.infrastructure.jdbc.BorrowedConnection;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When a second failure follows from the first (a roll back, a close, the end of a COPY), the
/// first is told.
class FirstFailureTest {

  private static final String UNSUPPORTED =
      "do $$ begin raise feature_not_supported using message = 'no such feature'; end $$";

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute("create table target (id bigint, note text)");
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void a_feature_that_is_not_there_does_not_close_the_session() throws SQLException {
    ConnectionPool pool = side.database().loads();
    try (BorrowedConnection borrowedConnection = pool.borrow("look")) {
      Connection connection = borrowedConnection.connection();
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.execute(UNSUPPORTED)).isInstanceOf(SQLException.class);
      }

      connection.rollback();
      assertThat(connection.isClosed()).isFalse();
      connection.setAutoCommit(true);
    }
  }

  @Test
  void a_transaction_that_cannot_be_rolled_back_tells_why_it_failed() {
    assertThatThrownBy(() ->
            side.database()
                .loads()
                .inTransaction(
                    "try",
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        return statement.execute(UNSUPPORTED);
                      } finally {
                        connection.abort(Runnable::run);
                      }
                    }))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageStartingWith("cannot try: ")
        .hasMessageContaining("no such feature");
  }

  @Test
  void a_copy_that_cannot_be_called_off_tells_why_it_failed() throws SQLException {
    try (Connection connection = side.connect()) {
      assertThatThrownBy(() ->
              CopyCommand.run(
                  connection,
                  CopyCommand.text("target", List.of("id", "note")),
                  copy -> {
                    connection.abort(Runnable::run);
                    throw new IllegalStateException("first");
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("first");
    }
  }
}
