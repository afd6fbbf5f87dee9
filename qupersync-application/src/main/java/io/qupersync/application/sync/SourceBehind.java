package io.qupersync.application.sync;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.ShellCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A source that is not as far as the watermark says: its clock was set back, or it was restored to
/// an older state. Rows that come now may lie below the watermark, where no run reads. The
/// watermark never moves back; the run says so.
final class SourceBehind {

  private static final Logger LOG = LoggerFactory.getLogger(SourceBehind.class);

  private SourceBehind() {}

  /// What the run must read: from the source's clock on, less the time since the last run, where
  /// that clock stands before the watermark. A watermark that was set there by hand is obeyed.
  ///
  /// @param now by the clock that also said when the last run ended
  static Window reading(RunContext run, TableMapping mapping, Window window, Instant now) {
    JobProgress known = run.progress().known();
    Optional<WatermarkValue> clock = window.present().map(Watermark::first);
    Optional<WatermarkValue> reached = known.watermark().map(Watermark::first);
    boolean behind =
        run.scope() instanceof RunRequest.Scope.Ordinary
            && clock.isPresent()
            && reached.isPresent()
            && clock.get().kind() == reached.get().kind()
            && reached.get().isFinite()
            && clock.get().compareWith(reached.get()) < 0;
    if (!behind) {
      return window;
    }
    tell(
        run,
        "the source's clock (%s) stands before the watermark (%s): it was set back, or the source was restored; rows that were stamped in between may not be read, %s reads them"
            .formatted(
                clock.get().text(),
                reached.get().text(),
                ShellCommand.of("run", run.job().value(), "--full")));
    if (known.origin().map(WatermarkOrigin::byHand).orElse(false)) {
      return window;
    }
    Lookback lookback = mapping.job().extraction().watermark().orElseThrow().lookback();
    Duration since =
        known.lastSync().map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
    WatermarkValue earliest = clock.get().minus(since.isNegative() ? Duration.ZERO : since);
    Watermark from = Watermark.of(earliest).minus(lookback);
    return window.from().map(from::orEarlier).map(window::beginningAt).orElse(window);
  }

  /// To be called when all is read. The row at the watermark belongs to each window: a number that
  /// the source no longer reaches will be given again, to other rows.
  static void check(RunContext run, TableMapping mapping) {
    JobProgress known = run.progress().known();
    boolean counts =
        mapping
            .watermark()
            .filter(reader -> reader.kinds().getFirst() == WatermarkValue.Kind.NUMBER)
            .isPresent();
    if (!counts
        || !(run.scope() instanceof RunRequest.Scope.Ordinary)
        || known.watermark().isEmpty()
        || known.checkpoint().isPresent()
        || known.origin().map(WatermarkOrigin::byHand).orElse(false)) {
      return;
    }
    Watermark reached = known.watermark().get();
    boolean behind =
        run.progress().highest().map(Watermark::first).filter(m -> !isBefore(m, reached)).isEmpty();
    if (behind) {
      tell(
          run,
          "the source has no row at the watermark (%s) or beyond it any more: if it was restored to an older state, rows that come below are not read; %s reads them"
              .formatted(reached, ShellCommand.of("run", run.job().value(), "--full")));
    }
  }

  private static boolean isBefore(WatermarkValue watermarkValue, Watermark reached) {
    return watermarkValue.compareWith(reached.first()) < 0;
  }

  private static void tell(RunContext run, String what) {
    run.progress().remark(what);
    LOG.warn("{}", what);
  }
}
