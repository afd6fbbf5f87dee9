package io.qupersync.application.inspect;

import io.qupersync.application.port.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows whether QuperSync's own tables are still there while the service runs: without them the
/// target answers and no run can begin. Safe for use by many threads; only [#look] waits.
public final class StateWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Supplier<Optional<String>> question;
  private final InstantSource clock;
  private volatile Optional<String> trouble = Optional.empty();
  private Instant lookedAt = Instant.MIN;

  /// @param question what is wrong with the tables, and what to do; may throw [SyncFailure]
  public StateWatch(Supplier<Optional<String>> question, InstantSource clock) {
    this.question = question;
    this.clock = clock;
  }

  /// What was wrong at the last look; empty when all was well.
  public Optional<String> trouble() {
    return trouble;
  }

  /// Looks again where it is time. A target that does not answer tells nothing new.
  public synchronized void look() {
    Instant now = clock.instant();
    if (!lookedAt.equals(Instant.MIN) && now.isBefore(lookedAt.plus(EVERY))) {
      return;
    }
    lookedAt = now;
    Optional<String> was = trouble;
    Optional<String> found;
    try {
      found = question.get();
    } catch (SyncFailure failure) {
      LOG.debug("QuperSync's own tables could not be looked at: {}", failure.getMessage());
      return;
    }
    trouble = found;
    if (!found.equals(was)) {
      found.ifPresentOrElse(
          what -> LOG.error("no run can begin: {}", what),
          () -> LOG.info("QuperSync's own tables are there again"));
    }
  }
}
