package io.qupersync.app.config;

import io.qupersync.domain.job.Parallel;
import java.util.Optional;

/// Reads how many sessions read a job's source, and how they share it: `parallel` and `split_by`.
final class ParallelReader {

  private final int standard;
  private final int sourceConnections;

  /// @param standard readers of a job that says nothing
  /// @param sourceConnections how many sessions there may be at the source
  ParallelReader(int standard, int sourceConnections) {
    this.standard = standard;
    this.sourceConnections = sourceConnections;
  }

  Parallel read(Section job) {
    Optional<Integer> own = readers(job, sourceConnections);
    Optional<String> splitBy = job.read("split_by", Values::text);
    if (own.orElse(1) > 1 && splitBy.isEmpty() && job.readAll("key", text -> text).size() > 1) {
      job.problem(
          job.placeOf("parallel"),
          "the key has several columns; name the one by whose ranges the source is read, such as split_by: order_id");
    }
    return new Parallel(own.orElse(standard), splitBy);
  }

  static Optional<Integer> readers(Section section, int sourceConnections) {
    Optional<Integer> readers = section.read("parallel", Values.smallNumber(1, Parallel.MOST));
    if (readers.orElse(1) > sourceConnections) {
      section.problem(
          section.placeOf("parallel"),
          "parallel (%d) is more than source.max_connections (%d), so the rest would only wait; raise that, or lower this"
              .formatted(readers.orElseThrow(), sourceConnections));
    }
    return readers;
  }
}
