package io.qupersync.application.testkit;

class InMemoryTargetProbeTest extends TargetProbeContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
