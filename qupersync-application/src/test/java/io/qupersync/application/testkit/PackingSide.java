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

/// A target to which rows come packed: every promise holds for them as for those that come one by
/// one.
public record PackingSide(TargetSide side) implements TargetSide {

  @Override
  public boolean packs() {
    return true;
  }

  @Override
  public RowTarget target() {
    return side.target();
  }

  @Override
  public ProgressStore progress() {
    return side.progress();
  }

  @Override
  public LeaseStore leases() {
    return side.leases();
  }

  @Override
  public RunLog runs() {
    return side.runs();
  }

  @Override
  public IncidentStore incidents() {
    return side.incidents();
  }

  @Override
  public JobStates standings() {
    return side.standings();
  }

  @Override
  public ScheduleStore schedules() {
    return side.schedules();
  }

  @Override
  public DeadLetterBox deadLetters() {
    return side.deadLetters();
  }

  @Override
  public TargetReader reader() {
    return side.reader();
  }

  @Override
  public TargetProbe probe() {
    return side.probe();
  }

  @Override
  public void create(TableRef table, List<String> key, List<Column> columns) {
    side.create(table, key, columns);
  }

  @Override
  public void empty(TableRef table) {
    side.empty(table);
  }

  @Override
  public void drop(TableRef table) {
    side.drop(table);
  }

  @Override
  public List<Map<String, Optional<String>>> rows(TableRef table) {
    return side.rows(table);
  }

  @Override
  public void elapse(Duration duration) {
    side.elapse(duration);
  }

  @Override
  public void close() {
    side.close();
  }
}
