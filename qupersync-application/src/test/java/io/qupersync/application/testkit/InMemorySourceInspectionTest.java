package io.qupersync.application.testkit;

class InMemorySourceInspectionTest extends SourceInspectionContract {

  @Override
  protected SourceSide open() {
    return new InMemoryWarehouse(SettableClock.atSomeMorning());
  }
}
