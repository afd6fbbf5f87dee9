package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.qupersync.application.inspect.Readiness.Databases;
import io.qupersync.application.query.LiveRun;
import io.qupersync.application.query.RunEvent;
import io.qupersync.application.query.RunEvents;
import io.qupersync.application.query.RunSubscription;
import io.qupersync.interfaces.http.view.DatabasesView;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/api/v1/events`: what the runs of this process do, as server-sent events. The page listens
/// here.
public final class EventRoutes implements Resource {

  /// Proxies close what is silent for half a minute.
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /// How often it is looked whether a database has gone or come.
  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

  private final RunEvents events;
  private final RunListing lines;
  private final TargetAnswers targetAnswers;
  private final Duration heartbeat;
  private final Duration slice;

  public EventRoutes(
      RunEvents events, RunListing lines, TargetAnswers targetAnswers, Duration heartbeat) {
    this.events = events;
    this.lines = lines;
    this.targetAnswers = targetAnswers;
    this.heartbeat = heartbeat;
    this.slice = heartbeat.compareTo(LOOK) < 0 ? heartbeat : LOOK;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/api/v1/events", Access.VIEWER, this::stream);
  }

  private void stream(Context request) {
    QueryParameters.of(request);
    if (request.method().equals(HandlerType.HEAD)) {
      request.status(200).contentType("text/event-stream");
      return;
    }
    try (RunSubscription subscription =
        events.subscribe(ClientAddress.of(request.ip())).orElseThrow(EventRoutes::tooMany)) {
      List<LiveRun> underWay = events.underWay();
      request.status(200).contentType("text/event-stream");
      // nginx would hold events back
      request.res().setHeader("X-Accel-Buffering", "no");
      request.disableCompression();
      var stream = new EventStream(request.res());
      stream.begin();
      for (LiveRun live : underWay) {
        send(stream, new RunEvent.Progressed(live));
      }
      sendAll(subscription, stream);
    } catch (IOException gone) {
      LOG.debug("a listener left: {}", gone.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll(RunSubscription subscription, EventStream stream)
      throws IOException, InterruptedException {
    Databases told = targetAnswers.states();
    Duration silent = Duration.ZERO;
    while (subscription.isOpen()) {
      Optional<RunEvent> event = subscription.next(slice);
      silent = event.isPresent() ? Duration.ZERO : silent.plus(slice);
      if (event.isPresent()) {
        send(stream, event.get());
      } else if (targetAnswers.states().differsFrom(told)) {
        told = targetAnswers.states();
        stream.event("databases", DatabasesView.of(told));
      } else if (silent.compareTo(heartbeat) >= 0) {
        silent = Duration.ZERO;
        stream.comment("still here");
      }
    }
  }

  private void send(EventStream stream, RunEvent event) throws IOException {
    String name =
        switch (event) {
          case RunEvent.Started _ -> "run.started";
          case RunEvent.Progressed _ -> "run.progress";
          case RunEvent.Retrying _ -> "run.retrying";
          case RunEvent.Ended _ -> "run.ended";
        };
    var view = lines.viewOf(event);
    if (view.isPresent()) {
      stream.event(name, view.get());
    } else {
      stream.comment("%s %s; its line cannot be read now".formatted(name, event.live().run()));
    }
  }

  private static ProblemException tooMany() {
    return Problem.of(
            ProblemType.UNAVAILABLE, "too many listen already, or the service is stopping")
        .withHeader("Retry-After", "10")
        .refusal();
  }
}
