package io.qupersync.infrastructure.redshift;

import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of a source's session that values and names depend on, whatever the user's defaults
/// are. Shared by all sessions; safe for use by many threads.
///
/// What the meaning of a job's own query depends on is not among them: how names are folded
/// (`enable_case_sensitive_identifier`), what a cast of SUPER that fails gives. There the user's
/// defaults are what the job was written for. Its search path is told when it is asked, see
/// [SearchPath].
final class SessionPins {

  private static final Logger LOG = LoggerFactory.getLogger(SessionPins.class);

  /// So that getdate() and casts of timestamptz are in UTC, and dates are written as ISO has it.
  private static final String ALWAYS =
      "set search_path to "
          + SearchPath.OWN.sql()
          + "; set datestyle to 'ISO, MDY'; set timezone to 'UTC'";

  /// Of Redshift first, then of PostgreSQL and what is like it.
  private static final List<String> WHERE_KNOWN =
      List.of(
          "set extra_float_digits to 2",
          "set intervalstyle to 'postgres'",
          "set describe_field_name_in_uppercase to off",
          "set standard_conforming_strings to on",
          "set backslash_quote to safe_encoding",
          "set transform_null_equals to off",
          "set array_nulls to on",
          "set quote_all_identifiers to off",
          "set bytea_output to 'hex'",
          "set xmloption to content",
          "set lc_monetary to 'C'");

  private volatile List<String> known = WHERE_KNOWN;

  /// One round trip, but for the first session with a server that does not know them all.
  void pin(Statement statement) throws SQLException {
    List<String> pins = known;
    try {
      statement.execute(pins.isEmpty() ? ALWAYS : String.join("; ", pins) + "; " + ALWAYS);
    } catch (SQLException refused) {
      if (SqlFailures.passes(refused)) {
        throw refused;
      }
      statement.execute(ALWAYS);
      known = pinned(statement, pins);
    }
  }

  private static List<String> pinned(Statement statement, List<String> pins) throws SQLException {
    var understood = new ArrayList<String>();
    for (String pin : pins) {
      try {
        statement.execute(pin);
        understood.add(pin);
      } catch (SQLException refused) {
        if (SqlFailures.passes(refused)) {
          throw refused;
        }
        LOG.debug("the source does without '{}': {}", pin, SqlFailures.reason(refused));
      }
    }
    return List.copyOf(understood);
  }
}
