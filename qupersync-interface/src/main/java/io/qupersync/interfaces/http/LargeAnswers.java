package io.qupersync.interfaces.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.JacksonIOException;

/// Answers that tell of thousands of jobs: each holds what it tells of until its reader has it all,
/// so only a few are under way at a time. The others wait a moment, and are then told to come
/// again.
final class LargeAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(LargeAnswers.class);

  private static final String RETRY_SECONDS = "5";

  private final int most;
  private final Duration patience;
  private final Semaphore places;

  /// @param most how many are under way at a time
  /// @param patience how long another waits for its place
  LargeAnswers(int most, Duration patience) {
    this.most = most;
    this.patience = patience;
    this.places = new Semaphore(most, true);
  }

  /// Makes an answer and writes it to its reader.
  @FunctionalInterface
  interface Writing {
    void write() throws IOException;
  }

  void send(Writing answer) {
    if (!hasPlace()) {
      throw Problem.of(
              ProblemType.UNAVAILABLE,
              "%d answers as large as this are under way; try again, or ask for a page with 'limit'"
                  .formatted(most))
          .withHeader("Retry-After", RETRY_SECONDS)
          .refusal();
    }
    try {
      answer.write();
    } catch (IOException | JacksonIOException gone) {
      LOG.debug("the reader of a large answer has gone", gone);
    } finally {
      places.release();
    }
  }

  private boolean hasPlace() {
    try {
      return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
