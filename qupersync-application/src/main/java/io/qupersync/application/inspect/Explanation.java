package io.qupersync.application.inspect;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// Why a row is, or is not, in the target.
///
/// @param atSource how many source rows have the key
/// @param inTarget whether the target has the row
/// @param differing columns whose values differ, when both sides have the row
/// @param rowWatermark the source row's watermark, in its text form
/// @param jobWatermark how far the job has read, in its text form
/// @param verdict one sentence that answers the question, and says what to do
public record Explanation(
    JobId job,
    String key,
    long atSource,
    boolean inTarget,
    List<String> differing,
    Optional<String> rowWatermark,
    Optional<String> jobWatermark,
    List<DeadLetter> letters,
    Optional<SyncRun> lastRun,
    String verdict) {

  public Explanation {
    differing = List.copyOf(differing);
    letters = List.copyOf(letters);
  }
}
