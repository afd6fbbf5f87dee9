package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.application.query.LastKnownState;
import io.qupersync.application.query.TargetCalls.Told;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.view.DatabasesView;
import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.JobsView;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Shows jobs and how they stand. The list of all is asked for often, by pages and by monitoring,
/// and costs questions for each job: it is shown again while it is fresh. A single job never is.
public final class JobListing {

  /// Nobody sees the difference, and a crowd costs no more than one who asks every second.
  public static final Duration FRESH = Duration.ofSeconds(1);

  /// Up to so many jobs are one text, which is made once for all who ask. More are written to each
  /// one by one: the text of thousands is megabytes.
  static final int FEW = 500;

  private static final int LARGE_AT_A_TIME = 4;
  private static final Duration LARGE_PATIENCE = Duration.ofSeconds(10);

  private final LargeAnswers large = new LargeAnswers(LARGE_AT_A_TIME, LARGE_PATIENCE);
  private final JobQueries jobs;
  private final RunListing runs;
  private final LastKnownState lastKnownState;
  private final TargetAnswers targetAnswers;
  private final InstantSource clock;
  private final Duration fresh;
  private Board board = Board.NONE;
  private Optional<FutureTask<Board>> looking = Optional.empty();
  private final Object keeping = new Object();
  private Optional<Kept> kept = Optional.empty();

  /// What is shown until it is no longer fresh: few jobs are written as JSON once, for all who ask.
  private static final class Board {
    static final Board NONE = new Board(List.of(), Instant.MIN, Optional.empty());

    private final List<JobView> jobs;
    private final Instant at;
    private final Optional<byte[]> json;

    Board(List<JobView> jobs, Instant at, Optional<byte[]> json) {
      this.jobs = jobs;
      this.at = at;
      this.json = json;
    }
  }

  /// The same of what was last known, which is written anew when a database goes or comes.
  private record Kept(Board board, DatabasesView databases) {}

  /// @param lastKnownState what is told while the target does not answer
  /// @param fresh for how long the list is shown again
  public JobListing(
      JobQueries jobs,
      RunListing runs,
      LastKnownState lastKnownState,
      TargetAnswers targetAnswers,
      InstantSource clock,
      Duration fresh) {
    this.jobs = jobs;
    this.runs = runs;
    this.lastKnownState = lastKnownState;
    this.targetAnswers = targetAnswers;
    this.clock = clock;
    this.fresh = fresh;
  }

  Told<List<JobView>> all() {
    Board shown = shown();
    return new Told<>(shown.jobs, shown.at);
  }

  /// Sends the same as JSON.
  void sendAll(Context request) {
    Board all = shown();
    request.contentType("application/json");
    if (all.json.isPresent()) {
      request.result(all.json.get());
    } else {
      large.send(() ->
          targetAnswers.write(
              request.outputStream(), new JobsView(all.jobs, Optional.empty()), all.at));
    }
  }

  /// Sends what is made of all jobs, which may be many.
  ///
  /// @param jobs how many there are
  void send(int jobs, LargeAnswers.Writing answer) throws IOException {
    if (jobs > FEW) {
      large.send(answer);
    } else {
      answer.write();
    }
  }

  private Board shown() {
    lastKnownState.asked();
    return targetAnswers.read(this::board, this::knownBoard).value();
  }

  private Optional<Told<Board>> knownBoard() {
    DatabasesView databases = targetAnswers.databases();
    return lastKnownState.jobs().map(known -> new Told<>(keep(known, databases), known.asOf()));
  }

  private Board keep(Told<List<JobStatus>> known, DatabasesView databases) {
    synchronized (keeping) {
      return keepOnce(known, databases);
    }
  }

  private Board keepOnce(Told<List<JobStatus>> known, DatabasesView databases) {
    Optional<Board> same =
        kept.filter(
                last -> last.board().at.equals(known.asOf()) && last.databases().equals(databases))
            .map(Kept::board);
    Board result = same.orElseGet(() -> boardOf(known.value(), known.asOf()));
    kept = Optional.of(new Kept(result, databases));
    return result;
  }

  private Board boardOf(List<JobStatus> all, Instant at) {
    List<JobView> views = all.stream().map(status -> viewOf(status, at)).toList();
    Optional<byte[]> json =
        views.size() > FEW
            ? Optional.empty()
            : Optional.of(targetAnswers.json(new JobsView(views, Optional.empty()), at));
    return new Board(views, at, json);
  }

  /// One of many who ask at once looks; the others wait for what it finds.
  private Board board() {
    FutureTask<Board> look;
    boolean isMine = false;
    synchronized (this) {
      Duration age = Duration.between(board.at, clock.instant());
      if (!age.isNegative() && age.compareTo(fresh) < 0) {
        return board;
      }
      if (looking.isEmpty()) {
        looking = Optional.of(new FutureTask<>(this::lookNow));
        isMine = true;
      }
      look = looking.get();
    }
    if (isMine) {
      look.run();
      seen(look);
    }
    return resultOf(look);
  }

  private Board lookNow() {
    Instant now = clock.instant();
    return boardOf(jobs.all(), now);
  }

  private synchronized void seen(FutureTask<Board> look) {
    if (looking.filter(look::equals).isPresent()) {
      looking = Optional.empty();
      if (look.state() == Future.State.SUCCESS) {
        board = look.resultNow();
      }
    }
  }

  private static Board resultOf(FutureTask<Board> look) {
    try {
      return look.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while another reads the list", interrupt);
    }
  }

  /// To be called when somebody has changed a job: who does so sees it at once. A look that began
  /// before tells nobody who asks from now on.
  synchronized void forget() {
    board = Board.NONE;
    looking = Optional.empty();
  }

  /// Empty when there is no such job. Asks the target, also when something is known.
  Optional<JobView> find(JobId job) {
    return targetAnswers.read(() -> jobs.find(job)).map(this::viewOf);
  }

  /// The same, or what was last known of it.
  Told<Optional<JobView>> told(JobId job) {
    lastKnownState.asked();
    var told = targetAnswers.read(() -> jobs.find(job), () -> lastKnownState.job(job));
    return new Told<>(told.value().map(status -> viewOf(status, told.asOf())), told.asOf());
  }

  private JobView viewOf(JobStatus status) {
    return viewOf(status, clock.instant());
  }

  private JobView viewOf(JobStatus status, Instant now) {
    return JobView.of(status, status.lastRun().map(runs::viewOf), now);
  }
}
