package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LargeAnswersTest {

  @Test
  void one_too_many_is_told_to_come_again() throws Exception {
    var large = new LargeAnswers(1, Duration.ofMillis(1));
    var begun = new CountDownLatch(1);
    var read = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(() ->
                large.send(() -> {
                  begun.countDown();
                  awaitUninterrupted(read);
                }));
    begun.await();

    assertThatThrownBy(() -> large.send(() -> {}))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problemException -> {
              assertThat(problemException.problem().status().getCode()).isEqualTo(503);
              assertThat(problemException.problem().headers()).containsEntry("Retry-After", "5");
            });

    read.countDown();
    slow.join();
    assertThatCode(() -> large.send(() -> {})).doesNotThrowAnyException();
  }

  @Test
  void a_reader_that_goes_away_is_no_defect_and_leaves_its_place() {
    var large = new LargeAnswers(1, Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      assertThatCode(() ->
              large.send(() -> {
                throw new IOException("broken pipe");
              }))
          .doesNotThrowAnyException();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
