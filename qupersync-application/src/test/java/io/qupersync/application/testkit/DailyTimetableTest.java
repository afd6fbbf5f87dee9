package io.qupersync.application.testkit;

import io.qupersync.application.port.Timetable;

class DailyTimetableTest extends TimetableContract {

  @Override
  protected Timetable open() {
    return new DailyTimetable();
  }
}
