package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.application.inspect.Readiness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// `/health`: for whoever restarts the process or sends it traffic. Neither has a token.
public final class HealthRoutes implements Resource {

  /// By then a look for due runs has met every time-out that a target could make it wait for.
  static final Duration STALLED = Duration.ofMinutes(5);

  /// Traffic may go elsewhere sooner.
  static final Duration LATE = Duration.ofSeconds(30);

  private final Readiness readiness;
  private final Supplier<Optional<Duration>> silence;

  /// Of a process that starts no run by itself.
  public HealthRoutes(Readiness readiness) {
    this(readiness, Optional::empty);
  }

  /// @param silence how long ago the scheduler last looked for due runs; empty where there is none
  public HealthRoutes(Readiness readiness, Supplier<Optional<Duration>> silence) {
    this.readiness = readiness;
    this.silence = silence;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get("/health/live", Access.OPEN, this::live);
    routes.get("/health/ready", Access.OPEN, this::ready);
  }

  /// The process answers and its scheduler looks: a lost database restarts nobody.
  private void live(Context request) {
    boolean stalled = isLongerSilentThan(STALLED);
    request.status(stalled ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
    request.json(Map.of("status", stalled ? "stalled" : "live"));
  }

  private boolean isLongerSilentThan(Duration limit) {
    return silence.get().filter(since -> since.compareTo(limit) > 0).isPresent();
  }

  private void ready(Context request) {
    QueryParameters.of(request);
    List<Finding> findings = readiness.look();
    boolean late = isLongerSilentThan(LATE);
    boolean ready = !late && findings.stream().allMatch(finding -> finding.verdict() == Verdict.OK);
    var checks = new LinkedHashMap<String, Object>();
    findings.forEach(finding -> checks.put(finding.subject(), shown(finding, request)));
    if (late) {
      checks.put("scheduler", Map.of("status", "stalled"));
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("status", ready ? "ready" : "not_ready");
    json.put("checks", checks);
    request.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    request.json(json);
  }

  /// The reason names hosts and users, which a stranger need not know.
  private static Map<String, String> shown(Finding finding, Context request) {
    String status =
        switch (finding.verdict()) {
          case OK, WARNING -> "ok";
          case UNREACHABLE -> "unreachable";
          case PROBLEM, MISCONFIGURED -> "broken";
        };
    boolean trusted = Gatekeeper.callerOf(request).access().covers(Access.VIEWER);
    var json = new LinkedHashMap<String, String>();
    json.put("status", status);
    if (trusted) {
      json.put("detail", finding.detail());
    }
    return json;
  }
}
