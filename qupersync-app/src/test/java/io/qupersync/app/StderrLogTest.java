package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** The log on a stderr that somebody reads, or nobody. */
@Timeout(60)
class StderrLogTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final LoggerContext context = new LoggerContext();
  private final Pipe pipe = new Pipe();
  private final StderrLog log = new StderrLog();
  private final Logger logger = context.getLogger("test");

  StderrLogTest() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    var lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern("%level %X{job} %msg%n");
    lines.start();
    log.setContext(context);
    log.setEncoder(lines);
    log.start();
    log.setOutputStream(pipe);
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @Test
  void writes_every_line_in_order_with_what_its_thread_worked_for() {
    pipe.reader.countDown();
    MDC.put("job", "orders");
    try {
      for (int i = 0; i < 1_000; i++) {
        logger.info("line {}", i);
      }
    } finally {
      MDC.remove("job");
    }
    log.flush(LONG);

    List<String> lines = pipe.lines();
    assertThat(lines).hasSize(1_000);
    assertThat(lines.getFirst()).isEqualTo("INFO orders line 0");
    assertThat(lines.getLast()).isEqualTo("INFO orders line 999");
  }

  @Test
  void a_reader_that_does_not_read_holds_up_nobody_and_hears_how_much_was_dropped() {
    int all = StderrLog.CAPACITY * 3;
    for (int i = 0; i < all; i++) {
      logger.info("line {}", i);
    }
    long dropped = log.dropped();
    assertThat(dropped).isGreaterThanOrEqualTo(all - StderrLog.CAPACITY - 1);
    log.flush(Duration.ofMillis(1));

    pipe.reader.countDown();
    log.flush(LONG);

    assertThat(pipe.lines())
        .contains(
            "WARN  %d lines of the log were dropped: whoever reads stderr was too slow"
                .formatted(dropped));
    assertThat(log.dropped()).as("goes on counting after it was told").isEqualTo(dropped);
  }

  /** Full until somebody reads. */
  private static final class Pipe extends OutputStream {

    private final CountDownLatch reader = new CountDownLatch(1);
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        reader.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      synchronized (this) {
        read.write(bytes, offset, length);
      }
    }

    synchronized List<String> lines() {
      return read.toString(UTF_8).lines().toList();
    }
  }
}
