package io.qupersync.application.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.Columns;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueuedBatchPipelineTest {

  private static final long BATCH_BYTES = 100;

  private final List<List<Long>> groups = Collections.synchronizedList(new ArrayList<>());
  private final QueuedBatchPipeline handover = new QueuedBatchPipeline(10 * BATCH_BYTES);

  @Test
  void brings_every_row_in_order() {
    handover.carry(new Batches(100, 3), 1000, this::write);

    assertThat(written()).hasSize(300).isSorted();
  }

  @Test
  void nothing_to_read_is_nothing_to_write() {
    handover.carry(new Batches(0, 1), 1000, this::write);

    assertThat(groups).isEmpty();
  }

  @Test
  void gives_the_writer_together_what_waits_for_it_but_no_more_rows_than_it_may_have() {
    var rows = new Batches(8, 2);
    handover.carry(
        rows,
        5,
        batches -> {
          await(rows.ended);
          write(batches);
        });

    assertThat(written()).hasSize(16).isSorted();
    assertThat(groups).allSatisfy(group -> assertThat(group.size()).isLessThanOrEqualTo(5));
    assertThat(groups.subList(1, groups.size() - 1))
        .allSatisfy(group -> assertThat(group).hasSize(4));
  }

  @Test
  void a_batch_larger_than_a_group_goes_alone() {
    handover.carry(new Batches(3, 10), 4, this::write);

    assertThat(groups).hasSize(3).allSatisfy(group -> assertThat(group).hasSize(10));
  }

  @Test
  void the_reader_is_ahead_by_no_more_bytes_than_the_queue_may_hold() {
    var rows = new Batches(200, 1);
    var furthest = new AtomicInteger();
    var taken = new AtomicInteger();
    new QueuedBatchPipeline(3 * BATCH_BYTES)
        .carry(
            rows.onNext(() -> furthest.accumulateAndGet(rows.read.get() - taken.get(), Math::max)),
            1,
            batches -> {
              write(batches);
              taken.incrementAndGet();
            });

    // three in the queue, one in the reader's hands, one in the writer's
    assertThat(furthest.get()).isLessThanOrEqualTo(5);
    assertThat(written()).hasSize(200);
  }

  @Test
  void a_batch_larger_than_the_whole_queue_passes_through_it() {
    new QueuedBatchPipeline(1).carry(new Batches(5, 1), 1, this::write);

    assertThat(written()).hasSize(5);
  }

  @Test
  void nothing_is_read_while_a_batch_larger_than_the_whole_queue_is_on_its_way() {
    var rows = new Batches(20, 1);
    var written = new AtomicInteger();
    var ahead = new AtomicInteger();
    new QueuedBatchPipeline(1)
        .carry(
            rows.onNext(() -> ahead.accumulateAndGet(rows.read.get() - written.get(), Math::max)),
            1,
            batches -> {
              write(batches);
              written.incrementAndGet();
            });

    // counted when it is read
    assertThat(ahead.get()).isEqualTo(1);
  }

  @Test
  void what_was_read_before_the_source_was_lost_is_written_before_anyone_hears_of_it() {
    TransientFailure lost = new TransientFailure(FailureKind.SOURCE, "lost");

    assertThatThrownBy(
            () -> handover.carry(new Batches(7, 1).thenThrowing(lost), 1000, this::write))
        .isSameAs(lost);

    assertThat(written()).hasSize(7);
  }

  @Test
  void a_writer_that_fails_stops_the_reader() {
    var refused = new TransientFailure(FailureKind.TARGET, "refused");
    var rows = new Batches(Integer.MAX_VALUE, 1);

    assertThatThrownBy(() ->
            handover.carry(
                rows,
                1,
                _ -> {
                  throw refused;
                }))
        .isSameAs(refused);

    assertThat(rows.read.get()).isLessThan(1_000_000);
  }

  @Test
  void when_both_fail_the_writers_failure_is_thrown_and_the_readers_is_kept() {
    TransientFailure lost = new TransientFailure(FailureKind.SOURCE, "lost");
    var refused = new TransientFailure(FailureKind.TARGET, "refused");

    assertThatThrownBy(() ->
            handover.carry(
                new Batches(1, 1).thenThrowing(lost),
                1,
                _ -> {
                  throw refused;
                }))
        .isSameAs(refused)
        .satisfies(failure -> assertThat(failure.getSuppressed()).containsExactly(lost));
  }

  @Test
  void an_error_of_the_writer_does_not_look_like_the_end_of_the_rows() {
    var error = new OutOfMemoryError("for a test");

    assertThatThrownBy(() ->
            handover.carry(
                new Batches(3, 1),
                1,
                _ -> {
                  throw error;
                }))
        .isSameAs(error);
  }

  @Test
  void an_interrupt_ends_both_sides_and_is_not_forgotten() throws Exception {
    var reading = new CountDownLatch(1);
    var writing = new CountDownLatch(1);
    var writerEnded = new CountDownLatch(1);
    var outcome = new AtomicReference<Throwable>();
    var interrupted = new AtomicReference<Boolean>();
    Rows rows =
        new Batches(1, 1)
            .thenDoing(() -> {
              reading.countDown();
              stall();
            });
    Consumer<List<RowBatch>> writer =
        _ -> {
          writing.countDown();
          try {
            stall();
          } finally {
            writerEnded.countDown();
          }
        };
    Thread run =
        Thread.ofVirtual()
            .start(() -> {
              outcome.set(catchThrowable(() -> handover.carry(rows, 1, writer)));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    reading.await();
    writing.await();

    run.interrupt();
    run.join();

    assertThat(outcome.get()).isInstanceOf(TransientFailure.class);
    assertThat(writerEnded.getCount()).isZero();
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void an_interrupt_wakes_a_reader_that_waits_for_room() throws Exception {
    var writing = new CountDownLatch(1);
    var outcome = new AtomicReference<Throwable>();
    Thread run =
        Thread.ofVirtual()
            .start(() ->
                outcome.set(
                    catchThrowable(() ->
                        new QueuedBatchPipeline(1)
                            .carry(
                                new Batches(Integer.MAX_VALUE, 1),
                                1,
                                _ -> {
                                  writing.countDown();
                                  stall();
                                }))));
    writing.await();

    run.interrupt();
    run.join();

    assertThat(outcome.get()).isInstanceOf(RuntimeException.class);
  }

  private void write(List<RowBatch> batches) {
    groups.add(
        batches.stream()
            .flatMap(batch -> batch.rows().stream())
            .map(row -> (Long) row.cell(0))
            .toList());
  }

  private List<Long> written() {
    return groups.stream().flatMap(List::stream).toList();
  }

  private static void stall() {
    await(new CountDownLatch(1));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(FailureKind.SOURCE, "interrupted", interrupted);
    }
  }

  /// So many batches of so many rows each, numbered from zero; then the end, or something else.
  private static final class Batches implements Rows {

    private final int batches;
    private final int size;
    private final AtomicInteger read = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Runnable atNext = () -> {};
    private Runnable atEnd = () -> {};

    Batches(int batches, int size) {
      this.batches = batches;
      this.size = size;
    }

    Batches onNext(Runnable action) {
      atNext = action;
      return this;
    }

    Batches thenThrowing(RuntimeException failure) {
      return thenDoing(() -> {
        throw failure;
      });
    }

    Batches thenDoing(Runnable action) {
      atEnd = action;
      return this;
    }

    @Override
    public Optional<RowBatch> next() {
      if (read.get() == batches) {
        ended.countDown();
        atEnd.run();
        return Optional.empty();
      }
      long first = (long) read.getAndIncrement() * size;
      atNext.run();
      var rows = new ArrayList<Row>();
      for (int i = 0; i < size; i++) {
        rows.add(Columns.row(first + i));
      }
      return Optional.of(RowBatch.of(rows, BATCH_BYTES));
    }

    @Override
    public void close() {}
  }
}
