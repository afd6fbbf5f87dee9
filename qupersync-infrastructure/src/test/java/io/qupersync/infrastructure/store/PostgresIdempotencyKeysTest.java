package io.qupersync.infrastructure.store;

import io.qupersync.application.port.IdempotencyKeys;
import io.qupersync.application.testkit.IdempotencyKeysContract;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.time.Duration;

class PostgresIdempotencyKeysTest extends IdempotencyKeysContract {

  private final PostgresSide side = PostgresSide.open();

  @Override
  protected IdempotencyKeys keys() {
    return new PostgresIdempotencyKeys(side.database().state(), side.schema());
  }

  @Override
  protected void elapse(Duration duration) {
    side.execute(
        "update quper.idempotency_keys set claimed_at = claimed_at - interval '%d ms'"
            .formatted(duration.toMillis()));
  }

  @Override
  protected void close() {
    side.close();
  }
}
