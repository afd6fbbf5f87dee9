package io.qupersync.application.query;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import java.util.List;

/// Looks after the rejected rows that wait.
public final class RejectedRows {

  private final DeadLetterBox letters;

  public RejectedRows(DeadLetterBox letters) {
    this.letters = letters;
  }

  /// Oldest first.
  ///
  /// @param after only letters with a higher number; 0 for all
  /// @param limit 1 to 1000
  public List<DeadLetter> list(JobId job, long after, int limit) {
    return letters.list(job, after, limit);
  }

  public long count(JobId job) {
    return letters.count(job);
  }

  /// @return how many there were
  public long discard(JobId job) {
    return letters.discard(job);
  }
}
