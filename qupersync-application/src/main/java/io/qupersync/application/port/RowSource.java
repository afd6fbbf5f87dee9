package io.qupersync.application.port;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where rows come from. Safe for use by many threads; every method may throw [SyncFailure].
public interface RowSource {

  /// What names this source in the rows of a shared target.
  String name();

  /// Which database this is: its host, port and name, whoever asks and whatever a connection to it
  /// is called.
  String place();

  /// Which kind of Redshift this is; asked once, then remembered.
  Flavor flavor();

  /// The source's clock. The ceiling of a window is taken from here, never from this machine's
  /// clock.
  Instant now();

  /// The same, and what the source says of its open transactions; asked before a run reads. That it
  /// cannot tell is an answer, and no failure.
  default SourceMoment moment(SyncJob job) {
    return new SourceMoment(
        now(),
        new OpenTransactions.CannotTell("this source does not say which transactions are open"));
  }

  /// The columns that the job's rows will have.
  TableShape shapeOf(SyncJob job);

  /// The statement that [#open] would send, with the window's values shown as literals; for people
  /// only.
  String describe(SyncJob job, TableShape shape, Window window);

  /// How far the values of one column reach at this moment, among all rows the job may read; and
  /// those of its watermark's leading column, where that is a number or the window has a ceiling,
  /// beyond which none counts. Asked once, before ranges of the column are read by several
  /// sessions.
  ///
  /// @return empty when this source cannot be read in ranges
  default Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    return Optional.empty();
  }

  /// What a user should know of how this job's rows were read last, or are read now, although
  /// nothing failed.
  default List<String> remarks(SyncJob job) {
    return List.of();
  }

  /// Begins to read. The rows belong to the calling thread, which closes them.
  ///
  /// @param shape what [#shapeOf] said of the same job
  Rows open(SyncJob job, TableShape shape, Window window);

  /// As [#open], but rows may come packed, where that spares the source taking them apart.
  default Rows openPacked(SyncJob job, TableShape shape, Window window) {
    return open(job, shape, window);
  }
}
