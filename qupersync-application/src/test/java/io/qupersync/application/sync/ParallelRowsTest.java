package io.qupersync.application.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.Columns;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParallelRowsTest {

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  @Test
  void every_row_of_every_part_comes_once_and_in_its_parts_order() {
    List<Numbered> parts = parts(16, 50);

    List<Long> rows = taken(parts, 4);

    assertThat(rows).containsExactlyInAnyOrderElementsOf(LongStream.range(0, 800).boxed().toList());
    for (Numbered part : parts) {
      assertThat(rows.stream().filter(row -> row / 50 == part.number)).isSorted();
    }
  }

  @Test
  void no_more_parts_are_open_than_there_are_readers() {
    taken(parts(20, 10), 3);

    assertThat(mostOpen.get()).isLessThanOrEqualTo(3);
    assertThat(open.get()).isZero();
  }

  @Test
  void parts_are_read_at_the_same_time() {
    var together = new CyclicBarrier(4);
    List<Numbered> parts = parts(4, 1);
    parts.forEach(part -> part.atStart = () -> meet(together));

    assertThat(taken(parts, 4)).hasSize(4);
  }

  @Test
  void a_part_has_ended_when_all_its_rows_have_been_taken() {
    var rows = new ArrayList<Long>();
    List<Numbered> parts = parts(8, 20);
    var takenBefore = new ArrayList<Integer>();
    parts.forEach(part ->
        part.atEnd =
            () ->
                takenBefore.add(
                    (int) rows.stream().filter(row -> row / 20 == part.number).count()));
    try (Rows joined = ParallelRows.reading(List.copyOf(parts), 3)) {
      drain(joined, rows);
    }

    assertThat(takenBefore).hasSize(8).containsOnly(20);
  }

  @Test
  void an_empty_part_ends_too() {
    List<Numbered> parts = parts(3, 0);

    assertThat(taken(parts, 2)).isEmpty();
    assertThat(parts).allMatch(part -> part.ended);
  }

  @Test
  void a_part_that_fails_ends_them_all_and_counts_as_unread() {
    var lost = new TransientFailure(FailureKind.SOURCE, "lost");
    List<Numbered> parts = parts(4, 1_000_000);
    parts.get(2).size = 10;
    parts.get(2).failure = lost;

    assertThatThrownBy(() -> taken(parts, 4)).isSameAs(lost);

    assertThat(parts).noneMatch(part -> part.ended);
    assertThat(open.get()).isZero();
  }

  @Test
  void an_error_of_a_reader_does_not_look_like_the_end_of_the_rows() {
    var error = new OutOfMemoryError("for a test");
    List<Numbered> parts = parts(2, 5);
    parts.get(1).failure = error;

    assertThatThrownBy(() -> taken(parts, 2)).isSameAs(error);
  }

  @Test
  void a_part_that_cannot_be_opened_fails_them_all() {
    var refused = new TransientFailure(FailureKind.UNREACHABLE, "refused");
    List<Numbered> parts = parts(4, 5);
    parts.get(3).atStart =
        () -> {
          throw refused;
        };

    assertThatThrownBy(() -> taken(parts, 2)).isSameAs(refused);
  }

  @Test
  void to_close_them_ends_readers_that_wait() {
    List<Numbered> parts = parts(4, Integer.MAX_VALUE);
    parts.get(0).atStart = ParallelRowsTest::stall;
    try (Rows joined = ParallelRows.reading(List.copyOf(parts), 4)) {
      assertThat(joined.next()).isPresent();
    }

    assertThat(open.get()).isZero();
  }

  @Test
  void an_interrupt_ends_who_takes_and_is_not_forgotten() throws Exception {
    List<Numbered> parts = parts(2, 1);
    var stalled = new CountDownLatch(2);
    parts.forEach(part ->
        part.atStart =
            () -> {
              stalled.countDown();
              stall();
            });
    var outcome = new AtomicReference<Throwable>();
    var interrupted = new AtomicReference<Boolean>();
    Thread run =
        Thread.ofVirtual()
            .start(() -> {
              outcome.set(catchThrowable(() -> taken(parts, 2)));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    stalled.await();

    run.interrupt();
    run.join();

    assertThat(outcome.get()).isInstanceOf(RunInterruptedException.class);
    assertThat(interrupted.get()).isTrue();
    assertThat(open.get()).isZero();
  }

  /// Each with rows of numbers of its own.
  private List<Numbered> parts(int count, int size) {
    return IntStream.range(0, count).mapToObj(number -> new Numbered(number, size)).toList();
  }

  private static List<Long> taken(List<Numbered> parts, int readers) {
    var rows = new ArrayList<Long>();
    try (Rows joined = ParallelRows.reading(List.copyOf(parts), readers)) {
      drain(joined, rows);
    }
    return rows;
  }

  private static void drain(Rows joined, List<Long> rows) {
    for (var batch = joined.next(); batch.isPresent(); batch = joined.next()) {
      batch.get().rows().forEach(row -> rows.add((Long) row.cell(0)));
    }
  }

  private static void stall() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      throw new TransientFailure(FailureKind.SOURCE, "interrupted", stopped);
    }
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception alone) {
      throw new AssertionError(alone);
    }
  }

  private final class Numbered implements BatchPipeline.Part {

    private final int number;
    private final long first;
    private int size;
    private Runnable atStart = () -> {};
    private Runnable atEnd = () -> {};
    private Throwable failure;
    private boolean ended;

    Numbered(int number, int size) {
      this.number = number;
      this.size = size;
      this.first = (long) number * size;
    }

    @Override
    public Rows open() {
      atStart.run();
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      return new Rows() {
        private int read;

        @Override
        public Optional<RowBatch> next() {
          if (read < size) {
            return Optional.of(RowBatch.of(List.of(Columns.row(first + read++)), 100));
          }
          switch (failure) {
            case Error error -> throw error;
            case RuntimeException told -> throw told;
            case null, default -> {
              return Optional.empty();
            }
          }
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }

    @Override
    public void ended() {
      ended = true;
      atEnd.run();
    }
  }
}
