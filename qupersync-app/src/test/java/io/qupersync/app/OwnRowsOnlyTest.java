package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.data.LivelyCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user to whom nothing is refused, and who sees only what he did himself. */
class OwnRowsOnlyTest {

  @TempDir static Path directory;

  @Test
  void check_warns_of_a_user_who_sees_only_his_own_rows_with_the_statement_that_helps()
      throws SQLException {
    try (var trial = new Trial(directory)) {
      LivelyCluster.raise(trial.source(), 5, 1, InstantSource.system());
      assertThat(trial.run("check").out())
          .contains("the user sees what other users did")
          .doesNotContainPattern("source logs +warning");

      trial.source().showOwnRowsOnly();

      Trial.Ended check = trial.run("check");
      assertThat(check.exit()).as(check.out()).isEqualTo(ExitCode.DONE);
      assertThat(check.out())
          .containsPattern("source logs +warning")
          .contains("alter user \"qupersync\" syslog access unrestricted");

      trial.atSource(
          "set allow_system_table_mods = on",
          "insert into pg_catalog.svv_user_grants (user_name, role_name) values ('qupersync', 'sys:monitor')");
      assertThat(trial.run("check").out()).doesNotContainPattern("source logs +warning");
    }
  }
}
