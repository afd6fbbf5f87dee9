package io.qupersync.application.sync;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.domain.job.OpenRows;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.RowKeys;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads again, by their keys, the rows that the target holds as open and that lie before a run's
/// window: a statement that ran longer than the lookback has ended without any window telling of
/// it. A row that the source does not return for a day is gone there, and not asked for any more.
final class OpenRowsReader {

  /// Keys in one statement to the source.
  static final int AT_ONCE = 200;

  /// Keys in one run.
  static final int MOST = 1000;

  static final Duration PATIENCE = Duration.ofDays(1);

  private final RowSource source;
  private final RowTarget target;
  private final ProgressStore store;
  private final InstantSource clock;
  private final Retrier retrier;
  private final CopyWindow copyWindow;

  OpenRowsReader(SyncPorts ports, InstantSource clock, Retrier retrier, CopyWindow copyWindow) {
    this.source = ports.source();
    this.target = ports.target();
    this.store = ports.progress();
    this.clock = clock;
    this.retrier = retrier;
    this.copyWindow = copyWindow;
  }

  /// To be called when the run's window has been copied. The source has changed since: a row that
  /// now lies within the window says nothing of others there, and does not count for the watermark.
  void copy(RunContext run, MappingPreparation.Prepared prepared, Window window) {
    TableMapping mapping = prepared.mapping().inNoOrder().upTo(window.from());
    Optional<OpenRows> rule = mapping.job().extraction().watermark().flatMap(WatermarkRule::open);
    if (rule.isEmpty()
        || window.from().isEmpty()
        || !(run.scope() instanceof RunRequest.Scope.Ordinary)
        || mapping.job().mode() == SyncMode.APPEND) {
      return;
    }
    WatermarkValue before = window.from().get().first();
    RetryBudget retry = run.retries();
    var keys = new OpenKeys(mapping);
    Map<String, List<Object>> open =
        keys.named(
            retrier.attempt(
                retry, () -> target.openKeys(mapping, before, 2 * MOST), run::retrying));
    Map<String, Instant> missing = run.progress().known().missing();
    List<String> wanted =
        open.keySet().stream().filter(name -> isWanted(missing.get(name))).limit(MOST).toList();
    // they are old because they were open, not because they came late
    run.progress().watch(Optional.empty());
    var found = new HashSet<String>();
    for (int start = 0; start < wanted.size(); start += AT_ONCE) {
      List<List<Object>> some =
          wanted.subList(start, Math.min(wanted.size(), start + AT_ONCE)).stream()
              .map(name -> Objects.requireNonNull(open.get(name)))
              .toList();
      var reading =
          new KeyedRead(
              source,
              mapping,
              Window.of(new RowKeys(keys.columnNames(), some), window.from()),
              keys);
      copyWindow.copy(run, prepared.target(), reading);
      found.addAll(reading.found());
    }
    Map<String, Instant> missingNow = missingNow(open.keySet(), wanted, found, missing);
    if (!missingNow.equals(missing)) {
      retrier.carryOut(retry, () -> store.rememberMissing(run.lease(), missingNow), run::retrying);
    }
  }

  private boolean isWanted(@Nullable Instant missingSince) {
    return missingSince == null || missingSince.plus(PATIENCE).isAfter(clock.instant());
  }

  private Map<String, Instant> missingNow(
      Set<String> open, List<String> asked, Set<String> found, Map<String, Instant> before) {
    var missing = new HashMap<String, Instant>();
    before.forEach((name, since) -> {
      if (open.contains(name) && !found.contains(name)) {
        missing.put(name, since);
      }
    });
    asked.stream()
        .filter(name -> !found.contains(name))
        .forEach(name -> missing.putIfAbsent(name, clock.instant()));
    return Map.copyOf(missing);
  }
}
