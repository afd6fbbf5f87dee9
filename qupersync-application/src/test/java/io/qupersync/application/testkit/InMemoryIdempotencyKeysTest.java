package io.qupersync.application.testkit;

import io.qupersync.application.port.IdempotencyKeys;
import java.time.Duration;

class InMemoryIdempotencyKeysTest extends IdempotencyKeysContract {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final IdempotencyKeys keys = new InMemoryIdempotencyKeys(clock);

  @Override
  protected IdempotencyKeys keys() {
    return keys;
  }

  @Override
  protected void elapse(Duration duration) {
    clock.tick(duration);
  }

  @Override
  protected void close() {}
}
