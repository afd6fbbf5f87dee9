package io.qupersync.application.testkit;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.TargetProbe;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The target's database and the state kept in it, as a contract sees them: its ports, and a look
/// behind them. Whoever opens one finds no tables and no state in it.
public interface TargetSide extends AutoCloseable {

  RowTarget target();

  ProgressStore progress();

  LeaseStore leases();

  RunLog runs();

  ScheduleStore schedules();

  DeadLetterBox deadLetters();

  IncidentStore incidents();

  JobStates standings();

  TargetReader reader();

  TargetProbe probe();

  /// Makes a table, and its schema where that is missing.
  void create(TableRef table, List<String> key, List<Column> columns);

  /// Someone deletes all rows of the table.
  void empty(TableRef table);

  /// Someone drops the table.
  void drop(TableRef table);

  /// The table's rows in no order: each cell in the text form of
  /// [io.qupersync.domain.table.CellText], by column; a NULL is absent.
  List<Map<String, Optional<String>>> rows(TableRef table);

  /// Whether rows are to be sent packed, where their job lets them pass.
  default boolean packs() {
    return false;
  }

  /// Moves the time by which leases expire; nobody waits.
  void elapse(Duration duration);

  @Override
  void close();
}
