package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import java.util.List;

/// The rejected rows that wait for someone to look at them. Every method may throw [SyncFailure].
public interface DeadLetterBox {

  /// The letters of a job, oldest first. Large ones come fewer at a time than asked for, but never
  /// none: only an empty answer is the end.
  ///
  /// @param after only letters with a higher number; 0 for all
  /// @param limit 1 to 1000
  List<DeadLetter> list(JobId job, long after, int limit);

  long count(JobId job);

  /// Throws the letters of a job away.
  ///
  /// @return how many there were
  long discard(JobId job);
}
