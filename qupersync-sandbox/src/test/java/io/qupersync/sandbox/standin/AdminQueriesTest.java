package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.data.LivelyCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the queries that administrators keep in their drawers read beside the sources of the eight
/// jobs, each as a job's own query would read it.
final class AdminQueriesTest {

  private static RedshiftStandIn redshift;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    redshift = RedshiftStandIn.start();
    LivelyCluster.raise(redshift, 7, 1, InstantSource.system());
    connection =
        DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    redshift.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // the slowest statements, by text
        "select md5(trim(querytxt)) as statement, count(*), max(datediff(seconds, starttime, endtime)) as slowest,"
            + " sum(aborted) as aborted from stl_query where userid > 1 group by 1",
        // waiting for a slot
        "select w.query, trim(q.querytxt), w.total_queue_time / 1000000 as queued from stl_wlm_query w"
            + " left join stl_query q on q.query = w.query and q.userid = w.userid",
        // statements with their whole text
        "select query, listagg(\"text\") within group (order by sequence) as whole from stl_querytext group by query",
        // what alerts cost, by table
        "select trim(s.perm_table_name) as name, trim(split_part(l.event, ':', 1)) as event, count(distinct l.query)"
            + " from stl_alert_event_log l join stl_scan s on s.query = l.query and s.slice = l.slice"
            + " left join stl_dist d on d.query = l.query left join stl_bcast b on b.query = l.query group by 1, 2",
        // scans with leading zeros in a number
        "select tbl, count(distinct query || lpad(segment, 3, '0')) from stl_scan group by tbl",
        // size and skew of each table over the slices
        "select name, sum(rows) as rows, round(100 * max(rows)::float / greatest(min(rows), 1), 2) as skew"
            + " from stv_tbl_perm group by name",
        "select tbl, count(*) as megabytes from stv_blocklist group by tbl",
        "select tbl, trim(name) as name, count(distinct slice) from svv_diskusage group by tbl, name",
        "select sum(capacity) as capacity from stv_partitions where part_begin = 0",
        // how tables are laid out
        "select trim(n.nspname) as schema, c.relname, decode(c.reldiststyle, 0, 'EVEN', 1, 'KEY', 8, 'ALL') as style,"
            + " max(a.attsortkeyord) as sort_keys from pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " join pg_attribute a on a.attrelid = c.oid where c.relkind = 'r' group by 1, 2, 3",
        "select c.relname, c.reldiststyle from pg_catalog.pg_class c where c.reldiststyle is not null",
        // text put together with +
        "select 'create database ' + quote_ident(datname) + ' with connection limit ' + datconnlimit + ';' as ddl"
            + " from pg_catalog.pg_database_info",
        // who is connected
        "select a.procpid, a.usename from pg_catalog.pg_stat_activity a",
      })
  void a_query_over_the_system_views_answers_with_rows(String query) throws SQLException {
    assertThat(rows(query)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stl_explain",
        "stl_plan_info",
        "stl_insert",
        "stl_delete",
        "stl_return",
        "stl_utilitytext",
        "stl_ddltext",
        "stl_error",
        "stl_commit_stats",
        "stl_tr_conflict",
        "stl_load_errors",
        "stl_loaderror_detail",
        "stl_load_commits",
        "stl_s3client",
        "stl_analyze",
        "stl_query_metrics",
        "stv_query_metrics",
        "stv_active_cursors",
        "stv_locks",
        "stv_inflight",
        "stv_wlm_query_state",
        "stv_wlm_classification_config",
        "stv_wlm_service_class_config",
        "stv_wlm_service_class_state",
        "svl_query_summary",
        "svl_query_report",
        "svl_query_metrics_summary",
        "svl_qlog",
        "svl_statementtext",
        "svv_vacuum_progress",
        "svv_vacuum_summary",
        "svv_external_tables",
        "svv_external_columns",
        "svv_external_partitions",
        "pg_library",
        "pg_conf",
        "pg_attribute_info"
      })
  void a_view_that_may_be_empty_can_be_read(String view) throws SQLException {
    assertThat(rows("select * from " + view)).isNotNegative();
  }

  @Test
  void the_catalogs_that_imitate_a_cluster_do_not_list_themselves() throws SQLException {
    assertThat(rows("select oid from pg_catalog.pg_class where relname = 'pg_class'")).isOne();
  }

  @Test
  void serverless_has_the_views_of_a_cluster_and_nothing_in_them() throws SQLException {
    try (var serverless =
            RedshiftStandIn.start(StandInSettings.defaults().flavor(Flavor.SERVERLESS));
        Connection there =
            DriverManager.getConnection(
                serverless.jdbcUrl(), serverless.user(), serverless.password())) {
      LivelyCluster.raise(serverless, 7, 1, InstantSource.system());
      assertThat(rows(there, "select * from stl_query")).isZero();
      assertThat(rows(there, "select * from stl_wlm_query")).isZero();
      assertThat(rows(there, "select * from sys_query_history")).isPositive();
    }
  }

  private static int rows(String query) throws SQLException {
    return rows(connection, query);
  }

  private static int rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from (" + query + ") q")) {
      int count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
