package io.qupersync.infrastructure.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.store.StateSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

final class SqlFailuresTest {

  private final SqlFailures source =
      new SqlFailures(Endpoint.source("my-cluster", 5439, "dev", "qupersync"));
  private final SqlFailures target =
      new SqlFailures(Endpoint.target("pg.local", 5432, "quper", "writer"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08004", "08006", "08P01", "57P01", "57P02", "57P03", "53300",
        "58030", "99999"
      })
  void a_lost_connection_may_be_back_at_the_next_try(String state) {
    SyncFailure failure = source.of("read job 'orders'", new SQLException("gone", state));

    assertThat(failure).isInstanceOf(TransientFailure.class);
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "55P03", "57014", "53100", "53200", "34000"})
  void what_others_did_may_be_over_at_the_next_try(String state) {
    SyncFailure failure = target.of("write", new SQLException("busy", state));

    assertThat(failure).isInstanceOf(TransientFailure.class);
    assertThat(failure.kind()).isEqualTo(FailureKind.TARGET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42P01", "42501", "42703", "42601", "22003", "23502", "0A000", "25006"})
  void what_is_wrong_stays_wrong(String state) {
    SyncFailure failure = source.of("read", new SQLException("no", state));

    assertThat(failure).isInstanceOf(PermanentFailure.class);
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE);
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, 'cannot connect: PostgreSQL at pg.local:5432/quper refused the password of user ''writer''; check target.user and target.password'",
    "3D000, 'cannot connect: PostgreSQL at pg.local:5432/quper says: said; check target.database'",
    "28000, 'cannot connect: PostgreSQL at pg.local:5432/quper says: said; check target.user, and that the server lets this host in'"
  })
  void who_is_not_let_in_is_told_what_to_check(String state, String message) {
    SyncFailure failure = target.of("connect", new SQLException("said", state));

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(message)
        .extracting(SyncFailure::kind)
        .isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void names_a_host_nobody_knows() {
    assertThat(source.of("connect", connecting(new UnknownHostException("my-cluster"))))
        .isInstanceOf(TransientFailure.class)
        .hasMessage(
            "cannot connect: host 'my-cluster' is unknown; check source.host and the name service");
  }

  @Test
  void tells_a_refused_port_from_a_silent_one() {
    assertThat(source.of("connect", connecting(new ConnectException("Connection refused"))))
        .hasMessageStartingWith(
            "cannot connect: Redshift at my-cluster:5439/dev accepts no connection; check");
    assertThat(source.of("connect", connecting(new SocketTimeoutException("Read timed out"))))
        .hasMessageStartingWith(
            "cannot connect: Redshift at my-cluster:5439/dev gave no answer in time; check");
  }

  @Test
  void a_certificate_that_cannot_be_trusted_will_not_be_at_the_next_try() {
    var handshake = new SSLHandshakeException("PKIX path building failed");
    handshake.initCause(new CertificateException("unable to find valid certification path"));

    assertThat(source.of("connect", connecting(handshake)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("source.ssl_root_cert");
  }

  @Test
  void the_most_telling_error_of_a_chain_decides() {
    var batch = new BatchUpdateException("Batch entry 0 was aborted", "22000", new int[0]);
    batch.setNextException(new SQLException("deadlock detected", "40P01"));

    assertThat(target.of("write", batch))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("deadlock detected")
        .hasCause(batch);
  }

  @Test
  void a_chain_that_bites_its_tail_is_read_once() {
    var first = new SQLException("first", "42601");
    var second = new SQLException("second", "42601", first);
    first.setNextException(second);

    assertThat(source.of("read", first)).hasMessageContaining("first");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERROR: 1023",
        "1023",
        "Serializable isolation violation on table - 126483",
        "could not open relation with OID 126483",
        "1018"
      })
  void redshift_tells_some_conflicts_by_text_only(String message) {
    assertThat(source.of("read", new SQLException(message, "XX000")))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void the_drivers_own_confusion_is_a_lost_connection() {
    var confused =
        new SQLException(
            "Failed to transition statement state to IN_QUERY_SUSPENDED", (String) null);

    assertThat(source.of("read", confused)).isInstanceOf(TransientFailure.class);
    assertThat(source.of("read", new SQLException("what?"))).isInstanceOf(PermanentFailure.class);
    assertThat(source.of("read", new SQLException("hm", new IOException("broken pipe"))))
        .isInstanceOf(TransientFailure.class);
  }

  @Test
  void a_pool_that_has_no_connection_in_time_may_have_one_later() {
    var timeout =
        new SQLTransientConnectionException("Connection is not available, request timed out");

    assertThat(target.of("write", timeout))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("gave no answer in time");
    assertThat(
            target.of(
                "write",
                new SQLTransientConnectionException(
                    "not available", null, new SQLException("no", "28P01"))))
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void a_server_with_too_many_guests_names_the_setting_of_its_side() {
    var tooMany = new SQLException("sorry, too many clients already", "53300");

    assertThat(source.of("connect", tooMany)).hasMessageContaining("lower source.max_connections");
    assertThat(target.of("connect", tooMany)).hasMessageContaining("lower target.pool_size");
  }

  @Test
  void says_nothing_of_the_values_in_a_row() {
    var unique =
        server(
            "SERROR\0C23505\0Mduplicate key value violates unique constraint \"orders_pkey\"\0"
                + "DKey (id)=(4711) already exists.\0WCOPY orders, line 1: \"4711\"\0");
    var syntax = server("SERROR\0C22P02\0Minvalid input syntax for type integer: \"sec\"ret\"\0");

    assertThat(target.of("write", unique).getMessage())
        .contains("duplicate key value violates unique constraint \"orders_pkey\"")
        .doesNotContain("4711");
    assertThat(target.of("write", syntax).getMessage())
        .contains("invalid input syntax for type integer: \"…\"")
        .doesNotContain("sec\"ret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "42601 | syntax error in tsquery: \"secret &\" | syntax error in tsquery: \"…\"",
        "42P01 | relation \"secret\" does not exist | relation \"…\" does not exist",
        "42883 | operator does not exist: secret | operator does not exist: …",
        "42725 | more than one operator named secret | more than one operator named …",
        "XX000 | odd »secret« and »secret \"x\"« here | odd »…« here",
        "22P05 | character with byte sequence 0xe2 0x82 0xac in encoding \"UTF8\" has no equivalent | character with byte sequence 0x… in encoding \"UTF8\" has no equivalent",
        "P0001 | customer 4711 is called 'secret' | customer … is called '…'",
        "42501 | permission denied for table orders | permission denied for table orders"
      })
  void quotes_no_value_whatever_the_class(String state, String said, String told) {
    var failure = server("SERROR\0C%s\0M%s\0Wsecret\0Dsecret\0Hsecret\0".formatted(state, said));

    SyncFailure sync = target.of("write", failure);

    assertThat(sync).hasMessageContaining("says: " + told + "; ");
    assertThat(SqlFailures.reason(failure)).isEqualTo(told);
    assertThat(stackTrace(sync)).doesNotContain("secret", "4711");
  }

  @Test
  void names_what_the_server_names() {
    var column =
        server(
            "SERROR\0C22003\0Mfor column \"note\" of \"orders\": \"secret\" is too much\0torders\0cnote\0");
    var statement = server("SERROR\0C42P01\0Mrelation \"a.orders\" does not exist\0P15\0");

    assertThat(SqlFailures.reason(column))
        .isEqualTo("for column \"note\" of \"orders\": \"…\" is too much");
    var missing = server("SERROR\0C42703\0Mcolumn \"username\" does not exist in q\0");
    assertThat(SqlFailures.reason(missing)).isEqualTo("column \"username\" does not exist in q");
    assertThat(SqlFailures.reason(statement)).isEqualTo("relation \"a.orders\" does not exist");
  }

  @Test
  void tells_of_a_batch_what_was_refused_and_not_what_was_in_it() {
    var batch =
        new BatchUpdateException(
            "Batch entry 0 insert into t values ('secret') was aborted: no", "22P05", new int[0]);
    batch.setNextException(
        server("SERROR\0C22P05\0Mcharacter 0xe2 has no equivalent in encoding \"LATIN1\"\0"));

    SyncFailure sync = target.of("write", batch);

    assertThat(sync).hasMessageContaining("says: character 0x… has no equivalent");
    assertThat(stackTrace(sync)).doesNotContain("secret");
  }

  @Test
  void what_a_function_raises_under_another_class_is_a_functions_word() {
    var raised = server("SERROR\0C23514\0Mno 4711 here, \"secret\"\0Rexec_stmt_raise\0");

    assertThat(SqlFailures.reason(raised)).isEqualTo("no … here, \"…\"");
    assertThat(
            SqlFailures.reason(server("SERROR\0CP0001\0Mwe do not take Smith\0"), List.of("Smith")))
        .isEqualTo("we do not take …");
  }

  private static String stackTrace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void an_interrupt_is_not_the_networks_fault() {
    Thread.currentThread().interrupt();

    SyncFailure failure = source.of("read job 'orders'", new SQLException("closed", "08006"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("cannot read job 'orders': it was interrupted");
  }

  @Test
  void says_it_in_one_line() {
    var wordy = new SQLException("\n first \n second\n" + "x".repeat(1000), "42601");
    var long1 = new SQLException("x".repeat(1000), "42601");

    assertThat(source.of("read", wordy).getMessage()).contains("says: first; ").hasLineCount(1);
    assertThat(source.of("read", long1).getMessage()).hasSizeLessThan(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "42501 | new row violates row-level security policy for table \"orders\" | a row policy of the table is in the way of user 'writer' | grant user",
        "42501 | query would be affected by row-level security policy for table \"orders\" | a row policy | grant user",
        "42501 | must be owner of table orders | make user 'writer' the owner | grant user",
        "42501 | permission denied for function touch | grant user 'writer' the use of that function (execute) | its tables",
        "42501 | permission denied for sequence orders_id_seq | grant user 'writer' the use of that sequence (usage) | its tables",
        "42501 | permission denied to create extension \"citext\" | let an administrator do it | grant user",
        "42501 | permission denied for schema crm | grant user 'writer' usage and create on the schema, and its tables | policy",
        "42501 | permission denied for table orders | grant user 'writer' usage and create | policy",
        "25006 | cannot execute INSERT in a read-only transaction | default_transaction_read_only | nothing",
        "42P01 | relation \"quper.leases\" does not exist | run 'qupersync migrate' | the next run creates",
        "3F000 | schema \"quper\" does not exist | run 'qupersync migrate' | the next run creates",
        "42P01 | relation \"quper.orders\" does not exist | the next run creates a missing table | migrate",
        "57014 | canceling statement due to statement timeout | see who cancels it | creates",
        "08006 | Read timed out | check the network | creates",
      })
  void advises_for_the_case_that_it_is(String state, String said, String advice, String not) {
    var failures =
        new SqlFailures(
            Endpoint.target("pg.local", 5432, "quper", "writer"),
            StateSchema.named("quper")::isNamedIn);

    assertThat(
            failures.of("write", server("SERROR\0C%s\0M%s\0".formatted(state, said))).getMessage())
        .contains(advice)
        .doesNotContain(not);
  }

  @Test
  void tells_a_missing_privilege_how_to_be_granted() {
    assertThat(source.of("read", new SQLException("permission denied for stl_vacuum", "42501")))
        .hasMessageContaining("grant role sys:monitor to qupersync");
    assertThat(target.of("write", new SQLException("permission denied for schema", "42501")))
        .hasMessageContaining("grant user 'writer'");
  }

  private static SQLException connecting(IOException cause) {
    return new SQLException("The connection attempt failed.", "08001", cause);
  }

  private static PSQLException server(String fields) {
    return new PSQLException(new ServerErrorMessage(fields));
  }
}
