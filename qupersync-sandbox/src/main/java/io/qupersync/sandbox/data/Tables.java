package io.qupersync.sandbox.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tables of the generated cluster: created for real, so that every catalog view knows them.
final class Tables {
  private final RandomValues randomValues;
  private final List<ClusterTable> present = new ArrayList<>();
  private int thrown;

  Tables(RandomValues randomValues) {
    this.randomValues = randomValues;
  }

  void raise(Connection admin, int count, Instant now) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      var ddl = new StringBuilder();
      SampleWords.SCHEMAS.forEach(
          schema -> ddl.append("create schema ").append(schema).append(';'));
      for (int i = 0; i < count; i++) {
        ddl.append(add(now).createStatement());
      }
      statement.execute(ddl.toString());
      statement.execute(LAKE);
    }
    publish(admin);
  }

  /// An hour of work on them: some grow, one or two appear, one or two are dropped, columns come.
  void live(Connection admin, Instant now) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      for (int i = randomValues.between(1, 2); i > 0; i--) {
        ClusterTable gone = present.remove(randomValues.between(0, present.size() - 1));
        statement.execute("drop table " + gone.qualified());
        statement.execute(add(now).createStatement());
      }
      ClusterTable altered = randomValues.oneOf(present);
      var column = new TableColumn("added_" + ++thrown, "varchar(40)", false, false, 0);
      statement.execute(
          "alter table %s add column %s".formatted(altered.qualified(), column.declaration()));
      altered.add(column);
    }
    present.forEach(table -> {
      if (randomValues.chance(0.3)) {
        table.work(randomValues);
      }
    });
    publish(admin);
  }

  ClusterTable any() {
    return randomValues.oneOf(present);
  }

  List<ClusterTable> all() {
    return List.copyOf(present);
  }

  private ClusterTable add(Instant now) {
    ClusterTable table;
    do {
      String form = randomValues.oneOf(SampleWords.FORMS);
      String numbered = thrown++ % 3 == 0 ? form : form + "_" + thrown;
      table =
          ClusterTable.thrown(
              randomValues,
              randomValues.oneOf(SampleWords.SCHEMAS),
              randomValues.oneOf(SampleWords.SUBJECTS),
              numbered,
              now);
    } while (isPresent(table.qualified()));
    present.add(table);
    return table;
  }

  private boolean isPresent(String qualified) {
    return present.stream().anyMatch(table -> table.qualified().equals(qualified));
  }

  /// Tells the side tables behind the catalog views.
  private void publish(Connection admin) throws SQLException {
    Map<String, Integer> ids = ids(admin);
    present.forEach(table -> table.createdAs(ids.getOrDefault(table.qualified(), 0)));
    try (Statement statement = admin.createStatement()) {
      // not TRUNCATE: whoever reads the views meanwhile would have to wait
      statement.execute("delete from pg_redshift.table_figures");
      statement.execute("delete from pg_redshift.column_storage");
    }
    Copy.into(
        admin, "pg_redshift.table_figures", present.stream().map(ClusterTable::figures).toList());
    Copy.into(
        admin,
        "pg_redshift.column_storage",
        present.stream().flatMap(table -> table.storage().stream()).toList());
  }

  private static Map<String, Integer> ids(Connection admin) throws SQLException {
    var ids = new HashMap<String, Integer>();
    try (Statement statement = admin.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select n.nspname || '.' || c.relname, c.oid::int from pg_class c"
                    + " join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'")) {
      while (rows.next()) {
        ids.put(rows.getString(1), rows.getInt(2));
      }
    }
    return ids;
  }

  /// External tables and late-binding views, which have no rows in pg_attribute.
  private static final String LAKE =
      """
      insert into pg_redshift.external_columns values
        ('lake', 'click_raw', 'ts', 1, 'timestamp', null, null, null),
        ('lake', 'click_raw', 'url', 2, 'varchar(4096)', 4096, null, null),
        ('lake', 'click_raw', 'user_agent', 3, 'varchar(1024)', 1024, null, null),
        ('lake', 'click_raw', 'ratio', 4, 'decimal(10,4)', null, 10, 4),
        ('lake', 'partner_feed', 'partner', 1, 'string', null, null, null),
        ('lake', 'partner_feed', 'received', 2, 'date', null, null, null),
        ('marketing', 'v_late_binding', 'campaign_id', 1, 'bigint', null, 64, 0),
        ('marketing', 'v_late_binding', 'clicks', 2, 'bigint', null, 64, 0)
      """;
}
