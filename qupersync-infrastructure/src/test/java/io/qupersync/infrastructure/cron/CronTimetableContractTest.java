package io.qupersync.infrastructure.cron;

import io.qupersync.application.port.Timetable;
import io.qupersync.application.testkit.TimetableContract;

class CronTimetableContractTest extends TimetableContract {

  @Override
  protected Timetable open() {
    return new CronTimetable();
  }
}
