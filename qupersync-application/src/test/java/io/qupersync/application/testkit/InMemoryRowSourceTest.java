package io.qupersync.application.testkit;

class InMemoryRowSourceTest extends RowSourceContract {

  @Override
  protected SourceSide open() {
    return new InMemoryWarehouse(SettableClock.atSomeMorning());
  }
}
