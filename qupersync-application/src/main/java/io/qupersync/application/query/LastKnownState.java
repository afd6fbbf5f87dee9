package io.qupersync.application.query;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.query.JobQueries.Look;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the jobs stood and what had run when the target was last asked: served while the target does
/// not answer. Kept fresh while it does, and fresher while somebody looks. Safe for use by many
/// threads.
public final class LastKnownState {

  /// The latest runs of all jobs together.
  static final int RUNS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(LastKnownState.class);

  private static final Duration WATCHED = Duration.ofSeconds(30);
  private static final Duration SELDOM = Duration.ofSeconds(15);

  /// A refresh takes no more than one part in so many of the time.
  private static final int SHARE = 4;

  private final JobQueries jobs;
  private final RunQueries runs;
  private final InstantSource clock;
  private volatile Optional<Snapshot> snapshot = Optional.empty();
  private volatile Instant askedAt = Instant.MIN;
  private Duration took = Duration.ZERO;

  /// Runs that somebody was told of one by one: of late, and not more than the list has.
  private final Map<RunId, Told<Optional<SyncRun>>> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RunId, Told<Optional<SyncRun>>> eldest) {
          return size() > RUNS;
        }
      };

  public LastKnownState(JobQueries jobs, RunQueries runs, InstantSource clock) {
    this.jobs = jobs;
    this.runs = runs;
    this.clock = clock;
  }

  /// @param all whether there are no other runs than these
  private record Snapshot(Instant at, Look look, List<SyncRun> runs, boolean all) {}

  /// Reads it again where it is due. A target that does not answer leaves it as it was.
  public synchronized void refresh() {
    Instant now = clock.instant();
    boolean isWatched = !askedAt.equals(Instant.MIN) && now.isBefore(askedAt.plus(WATCHED));
    Duration rest = isWatched ? took.multipliedBy(SHARE) : SELDOM.plus(took.multipliedBy(SHARE));
    if (snapshot.filter(last -> now.isBefore(last.at().plus(took).plus(rest))).isPresent()) {
      return;
    }
    try {
      Look look = jobs.look();
      List<SyncRun> latest =
          runs.list(Optional.empty(), Optional.empty(), Optional.empty(), RUNS + 1);
      boolean all = latest.size() <= RUNS;
      snapshot =
          Optional.of(
              new Snapshot(now, look, latest.subList(0, Math.min(RUNS, latest.size())), all));
      took = Duration.between(now, clock.instant());
    } catch (SyncFailure failure) {
      LOG.debug("the snapshot stays as it was: {}", failure.getMessage());
    }
  }

  /// Somebody looks, and will want to know more.
  public void asked() {
    askedAt = clock.instant();
  }

  public Optional<Told<List<JobStatus>>> jobs() {
    return snapshot.map(known -> new Told<>(jobs.all(known.look()), known.at()));
  }

  /// Holds nothing for a job that is not defined.
  public Optional<Told<Optional<JobStatus>>> job(JobId job) {
    return snapshot.map(known -> new Told<>(jobs.find(job, known.look()), known.at()));
  }

  /// Somebody was told of this run just now.
  public void saw(SyncRun run) {
    synchronized (seen) {
      seen.put(run.id(), new Told<>(Optional.of(run), clock.instant()));
    }
  }

  /// Empty when nothing is known of the run: it may be there all the same.
  public Optional<Told<Optional<SyncRun>>> run(RunId run) {
    Optional<Told<Optional<SyncRun>>> listed =
        snapshot.flatMap(known ->
            known.runs().stream()
                .filter(each -> each.id().equals(run))
                .findFirst()
                .map(found -> new Told<>(Optional.of(found), known.at())));
    Optional<Told<Optional<SyncRun>>> told;
    synchronized (seen) {
      told = Optional.ofNullable(seen.get(run));
    }
    return Stream.of(listed, told).flatMap(Optional::stream).max(Comparator.comparing(Told::asOf));
  }

  /// The known ones of a page, the latest first; empty when none of the page is known. A page that
  /// may lack older runs says where to go on.
  public Optional<Told<RunPage>> runs(RunFilter filter) {
    return snapshot.flatMap(known -> {
      RunPage page =
          RunPage.of(
              known.runs().stream().filter(run -> matches(run, filter)).toList(), filter.limit());
      if (known.all() || page.next().isPresent()) {
        return Optional.of(new Told<>(page, known.at()));
      }
      RunId oldest = known.runs().getLast().id();
      boolean isBeyond = filter.before().filter(at -> at.value() <= oldest.value()).isPresent();
      return isBeyond
          ? Optional.empty()
          : Optional.of(new Told<>(new RunPage(page.runs(), Optional.of(oldest)), known.at()));
    });
  }

  private static boolean matches(SyncRun run, RunFilter filter) {
    Optional<RunStatus> status = filter.status();
    return filter.job().filter(job -> !job.equals(run.job())).isEmpty()
        && status.filter(word -> word != run.status()).isEmpty()
        && filter.before().filter(before -> run.id().value() >= before.value()).isEmpty();
  }
}
