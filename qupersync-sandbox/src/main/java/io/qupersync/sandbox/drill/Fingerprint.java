package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Changes with any write, even of a row that stays the same: it is made of where each row version
/// is and which transaction wrote it.
final class Fingerprint {

  private static final String VERSIONS =
      """
      select coalesce(md5(string_agg(version, ' ' order by version)), '') from (
        select 'o' || ctid::text || xmin::text from analytics.orders
        union all select 's' || ctid::text || xmin::text from analytics.stock
        union all select 'p' || ctid::text || xmin::text from quper.qupersync_state) as v (version)
      """;

  private Fingerprint() {}

  static String of(DrillEnvironment drillEnvironment) throws SQLException {
    try (Connection target = drillEnvironment.target().connect();
        Statement statement = target.createStatement();
        ResultSet row = statement.executeQuery(VERSIONS)) {
      row.next();
      return row.getString(1);
    }
  }
}
