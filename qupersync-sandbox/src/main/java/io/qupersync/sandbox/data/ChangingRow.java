package io.qupersync.sandbox.data;

import java.time.Instant;
import java.util.List;

/// Something that shows in a view from its beginning and changes there until it is settled: a query
/// that runs, a vacuum under way.
interface ChangingRow {
  SystemView view();

  /// Its value in the view's key column; all its rows have it, no other row does.
  String key();

  Instant begins();

  Instant settles();

  /// What the view shows of it at this moment, after its beginning.
  List<CopyLine> linesAt(Instant now);
}
