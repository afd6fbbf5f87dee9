package io.qupersync.sandbox.relay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which SQL a client's statements and portals stand for, as it prepares, binds, executes and
/// closes them.
final class Statements {
  private final Map<String, String> prepared = new HashMap<>();
  private final Map<String, String> portals = new HashMap<>();
  private final Set<String> fetchedFrom = new HashSet<>();

  void prepare(String statement, String sql) {
    prepared.put(statement, sql);
  }

  void bind(String portal, String statement) {
    portals.put(portal, prepared.getOrDefault(statement, ""));
    fetchedFrom.remove(portal);
  }

  void closeStatement(String statement) {
    prepared.remove(statement);
  }

  void closePortal(String portal) {
    portals.remove(portal);
    fetchedFrom.remove(portal);
  }

  String sqlOf(String portal) {
    return portals.getOrDefault(portal, "");
  }

  /// True when rows have been fetched from the portal before: it is a cursor.
  boolean fetchesAgain(String portal) {
    return !fetchedFrom.add(portal);
  }
}
