package io.qupersync.application.alert;

import io.qupersync.application.port.IncidentStore;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.query.JobHealthQuery;
import io.qupersync.application.query.JobVitals;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks how the jobs stand, opens incidents for what is wrong and ends those that are over. Any
/// number of instances may look at the same jobs. Used by one thread.
public final class AlertWatch {

  private static final Logger LOG = LoggerFactory.getLogger(AlertWatch.class);

  /// The clocks of two instances may differ by so much without one ending what the other has just
  /// opened.
  private static final Duration SKEW = Duration.ofMinutes(1);

  /// From when somebody is there to run them, jobs get so much time to succeed before they count as
  /// stale.
  private static final Duration SETTLING = Duration.ofMinutes(15);

  private final JobHealthQuery jobHealthQuery;
  private final IncidentStore incidents;
  private final OutageWatch outages;
  private final InstantSource clock;
  private final Map<JobId, Instant> expectedSince = new HashMap<>();
  private volatile List<AlertSettings> channels;
  private Instant lastLook;
  private boolean blind;

  public AlertWatch(
      JobHealthQuery jobHealthQuery,
      AlertStores alertStores,
      List<AlertSettings> channels,
      InstantSource clock) {
    this.jobHealthQuery = jobHealthQuery;
    this.incidents = alertStores.incidents();
    this.outages = alertStores.outages();
    this.channels = List.copyOf(channels);
    this.clock = clock;
    this.lastLook = clock.instant();
  }

  /// From the next look on, these want to be told. May be called by any thread.
  void use(List<AlertSettings> wanted) {
    channels = List.copyOf(wanted);
  }

  /// Looks once. That the target cannot be asked is news, too; the next look makes up for it.
  ///
  /// @return whether there may be something to tell
  public boolean look() {
    List<AlertSettings> wanted = channels;
    if (wanted.isEmpty()) {
      return false;
    }
    try {
      boolean changed = look(wanted);
      blind = false;
      return outages.back() || changed;
    } catch (SyncFailure failure) {
      complain(failure);
      return outages.away(failure);
    }
  }

  /// Once, until it sees again.
  private void complain(SyncFailure failure) {
    if (!blind) {
      LOG.warn("cannot see how the jobs stand: {}", failure.getMessage());
      blind = true;
    }
  }

  private boolean look(List<AlertSettings> wanted) {
    Map<JobId, JobVitals> jobs =
        jobHealthQuery.all().stream().collect(Collectors.toMap(JobVitals::id, Function.identity()));
    Instant now = clock.instant();
    expect(jobs.values(), now);
    boolean changed = false;
    for (AlertSettings channel : wanted) {
      changed |= new Look(channel, jobs, now).take();
    }
    return changed;
  }

  /// A job that is new, or that was paused, is not late at once.
  private void expect(Collection<JobVitals> jobs, Instant now) {
    Set<JobId> expected =
        jobs.stream()
            .filter(job -> job.freshness().isPresent())
            .map(JobVitals::id)
            .collect(Collectors.toSet());
    expectedSince.keySet().retainAll(expected);
    expected.forEach(job -> expectedSince.putIfAbsent(job, lastLook));
    lastLook = now;
  }

  /// One channel at one moment.
  private final class Look {

    private final AlertSettings channel;
    private final AlertRules rules;
    private final Map<JobId, JobVitals> jobs;
    private final Instant now;

    Look(AlertSettings channel, Map<JobId, JobVitals> jobs, Instant now) {
      this.channel = channel;
      this.rules = new AlertRules(channel);
      this.jobs = jobs;
      this.now = now;
    }

    boolean take() {
      List<Incident> open = incidents.listOpen(channel.channel());
      boolean changed = false;
      for (Incident incident : open) {
        changed |= ended(incident);
      }
      for (JobVitals job : jobs.values()) {
        for (Alarm alarm : rules.alarms(job, now)) {
          boolean known = open.stream().map(Incident::alarm).anyMatch(alarm::isSameTroubleAs);
          changed |= !known && mayOpen(job, alarm) && incidents.open(channel.channel(), alarm);
        }
      }
      return changed;
    }

    private boolean ended(Incident incident) {
      JobVitals job = jobs.get(incident.alarm().job());
      if (job == null || isNoLongerJudged(job, incident)) {
        incidents.drop(incident);
        return false;
      }
      if (rules.alarms(job, now.plus(SKEW)).stream().anyMatch(incident.alarm()::isSameTroubleAs)) {
        return false;
      }
      if (channel.endings()) {
        incidents.close(incident);
      } else {
        incidents.drop(incident);
      }
      return true;
    }

    /// A job that is paused, or no longer runs by itself, is not well again because of that.
    private boolean isNoLongerJudged(JobVitals job, Incident incident) {
      return !channel.kinds().contains(incident.alarm().kind())
          || (incident.alarm().kind() == AlertKind.STALE && job.freshness().isEmpty());
    }

    private boolean mayOpen(JobVitals job, Alarm alarm) {
      return alarm.kind() != AlertKind.STALE || now.isAfter(since(job).plus(patience(job)));
    }

    private Instant since(JobVitals job) {
      return expectedSince.getOrDefault(job.id(), now);
    }

    /// A job that never succeeded may be new: it has its whole freshness from the start.
    private Duration patience(JobVitals job) {
      Duration freshness = job.freshness().orElse(Duration.ZERO);
      boolean isNew = job.lastSuccess().isEmpty();
      return isNew || freshness.compareTo(SETTLING) < 0 ? freshness : SETTLING;
    }
  }
}
