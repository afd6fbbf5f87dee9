package io.qupersync.app.config;

import java.util.Locale;
import java.util.Optional;

/// Whether a heap can hold the jobs of a service: what each is and how it stands, twice while it is
/// looked up again, and the lists and pages that tell of it. What is too much is refused at the
/// start, with a clear word, instead of ending the process hours later when several people look.
///
/// The figures are measured: `serve` with 5,000 jobs that have run, in 64 MB, asked for its page,
/// its list and its metrics by several at a time (`ManyJobsTest`).
public final class JobsInHeap {

  /// What the program is without jobs, and what a run needs.
  private static final long PROGRAM_BYTES = 28L << 20;

  private static final long JOB_BYTES = 6_500;

  /// While jobs are read: the file's tree, and what is built of it.
  private static final long READ_JOB_BYTES = 3_000;

  private static final long MEGABYTE = 1L << 20;

  /// Heaps are given in steps of this.
  private static final long STEP = 64 * MEGABYTE;

  /// As few as nobody has trouble with, whatever the heap.
  private static final int FEW = 500;

  private JobsInHeap() {}

  /// What is wrong with so many jobs in the heap that this process has; empty when they fit.
  public static Optional<String> objectionTo(int jobs) {
    return objectionTo(jobs, Runtime.getRuntime().maxMemory());
  }

  /// @param heap its size at most, in bytes
  static Optional<String> objectionTo(int jobs, long heap) {
    long needed = PROGRAM_BYTES + jobs * JOB_BYTES;
    if (jobs <= FEW || needed <= heap) {
      return Optional.empty();
    }
    return Optional.of(objection(jobs, needed, heap));
  }

  /// What is wrong with reading so many jobs, which takes less than serving them.
  ///
  /// @param heap its size at most, in bytes
  static Optional<String> objectionToReading(int jobs, long heap) {
    return jobs <= FEW || PROGRAM_BYTES + jobs * READ_JOB_BYTES <= heap
        ? Optional.empty()
        : Optional.of(objection(jobs, PROGRAM_BYTES + jobs * JOB_BYTES, heap));
  }

  private static String objection(int jobs, long needed, long heap) {
    long given = roomFor(needed) / MEGABYTE;
    return String.format(
        Locale.ROOT,
        "%,d jobs need a heap of about %d MB, and this process has %d MB; set QUPERSYNC_JAVA_OPTS=-Xmx%dm (or start 'java -Xmx%dm …'), or split the jobs over several files, each with a service of its own",
        jobs,
        needed / MEGABYTE,
        heap / MEGABYTE,
        given,
        given);
  }

  /// A part of `-Xmx` is never at hand.
  private static long roomFor(long needed) {
    long given = needed + needed / 16;
    return (given + STEP - 1) / STEP * STEP;
  }
}
