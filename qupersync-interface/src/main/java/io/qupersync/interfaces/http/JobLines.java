package io.qupersync.interfaces.http;

import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.JobsView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Shows jobs and how they stand. The list of all is asked for often, by pages and by monitoring,
/// and costs questions for each job: it is shown again while it is fresh. A single job never is.
public final class JobLines {

  /// Nobody sees the difference, and a crowd costs no more than one who asks every second.
  public static final Duration FRESH = Duration.ofSeconds(1);

  private static final JsonMapper JSON = Json.mapper();

  private final JobQueries jobs;
  private final RunLines runs;
  private final InstantSource clock;
  private final Duration fresh;
  private Board board = Board.NONE;

  /// What is shown until it is no longer fresh: written as JSON once, for all who ask.
  private static final class Board {

    static final Board NONE = new Board(List.of(), new byte[0], Instant.MIN);

    private final List<JobView> jobs;
    private final byte[] json;
    private final Instant at;

    Board(List<JobView> jobs, byte[] json, Instant at) {
      this.jobs = jobs;
      this.json = json;
      this.at = at;
    }
  }

  /// @param fresh for how long the list is shown again
  public JobLines(JobQueries jobs, RunLines runs, InstantSource clock, Duration fresh) {
    this.jobs = jobs;
    this.runs = runs;
    this.clock = clock;
    this.fresh = fresh;
  }

  List<JobView> all() {
    return board().jobs;
  }

  /// The same as JSON. Nobody may change it.
  byte[] json() {
    return board().json;
  }

  /// One of many who ask at once looks; the others wait for what it finds.
  private synchronized Board board() {
    Instant now = clock.instant();
    Duration age = Duration.between(board.at, now);
    if (age.isNegative() || age.compareTo(fresh) >= 0) {
      List<JobView> views = jobs.all().stream().map(this::viewOf).toList();
      board = new Board(views, JSON.writeValueAsBytes(new JobsView(views)), now);
    }
    return board;
  }

  /// To be called when somebody has changed a job: who does so sees it at once.
  synchronized void forget() {
    board = Board.NONE;
  }

  /// Empty when there is no such job.
  Optional<JobView> find(JobId job) {
    return jobs.find(job).map(this::viewOf);
  }

  private JobView viewOf(JobStatus status) {
    return JobView.of(status, status.lastRun().map(runs::viewOf), clock.instant());
  }
}
