package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.application.inspect.Readiness;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/health`: for whoever restarts the process or sends it traffic. Neither has a token.
public final class HealthRoutes implements Resource {

  private final Readiness readiness;

  public HealthRoutes(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void addTo(Routes routes) {
    // the process answers: that is all it says, so that a lost database restarts nobody
    routes.get("/health/live", Access.OPEN, request -> request.json(Map.of("status", "live")));
    routes.get("/health/ready", Access.OPEN, this::ready);
  }

  private void ready(Context request) {
    QueryParameters.of(request);
    List<Finding> findings = readiness.look();
    boolean ready = findings.stream().allMatch(finding -> finding.verdict() == Verdict.OK);
    var checks = new LinkedHashMap<String, Object>();
    findings.forEach(finding -> checks.put(finding.subject(), shown(finding, request)));
    var json = new LinkedHashMap<String, Object>();
    json.put("status", ready ? "ready" : "not_ready");
    json.put("checks", checks);
    request.status(ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    request.json(json);
  }

  /// The reason names hosts and users, which a stranger need not know.
  private static Map<String, String> shown(Finding finding, Context request) {
    String status = finding.verdict() == Verdict.OK ? "ok" : "unreachable";
    boolean trusted = Gatekeeper.callerOf(request).access().covers(Access.VIEWER);
    return trusted
        ? Map.of("status", status, "detail", finding.detail())
        : Map.of("status", status);
  }
}
