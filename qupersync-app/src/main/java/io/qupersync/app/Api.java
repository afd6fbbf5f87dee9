package io.qupersync.app;

import io.qupersync.app.config.ConfigurationSchema;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.application.schedule.Reloaded;
import io.qupersync.interfaces.http.Access;
import io.qupersync.interfaces.http.AccessToken;
import io.qupersync.interfaces.http.CancelRoutes;
import io.qupersync.interfaces.http.DeadLetterRoutes;
import io.qupersync.interfaces.http.DocsRoutes;
import io.qupersync.interfaces.http.EventRoutes;
import io.qupersync.interfaces.http.HealthRoutes;
import io.qupersync.interfaces.http.HttpApi;
import io.qupersync.interfaces.http.HttpSettings;
import io.qupersync.interfaces.http.JobLines;
import io.qupersync.interfaces.http.JobRoutes;
import io.qupersync.interfaces.http.LogLevelRoutes;
import io.qupersync.interfaces.http.MetricsRoutes;
import io.qupersync.interfaces.http.PageRoutes;
import io.qupersync.interfaces.http.PlanRoutes;
import io.qupersync.interfaces.http.ReloadRoutes;
import io.qupersync.interfaces.http.Resource;
import io.qupersync.interfaces.http.RunLines;
import io.qupersync.interfaces.http.RunRoutes;
import io.qupersync.interfaces.http.ScheduleReader;
import io.qupersync.interfaces.http.ScheduleRoutes;
import io.qupersync.interfaces.http.Standing;
import io.qupersync.interfaces.http.TlsFiles;
import io.qupersync.interfaces.http.TriggerRoutes;
import io.qupersync.interfaces.http.WatermarkRoutes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The HTTP API over the program.
final class Api {

  private Api() {}

  /// What else the API needs to know.
  ///
  /// @param scrape reads all metrics
  /// @param reload reads the configuration again
  /// @param silence how long ago the scheduler last looked for due runs; empty where there is none
  record Outlets(
      MetricsRoutes.Scraper scrape,
      Supplier<Reloaded> reload,
      Supplier<Optional<Duration>> silence) {}

  /// Does not listen yet.
  static HttpApi of(Qupersync program, ServerConfig server, Outlets outlets, InstantSource clock) {
    HttpSettings settings = settings(server);
    List<Resource> resources = resources(program, settings, outlets, clock);
    return HttpApi.of(settings, resources, Commands::kindOf, clock);
  }

  private static HttpSettings settings(ServerConfig server) {
    List<AccessToken> tokens = server.tokens().stream().map(Api::token).toList();
    Optional<TlsFiles> tls =
        server.tls().map(files -> new TlsFiles(files.certificate(), files.key()));
    return new HttpSettings(server.host(), server.port(), tokens, tls);
  }

  private static AccessToken token(ServerConfig.Token token) {
    Access access =
        switch (token.role()) {
          case VIEWER -> Access.VIEWER;
          case OPERATOR -> Access.OPERATOR;
        };
    return AccessToken.of(token.name(), token.token().reveal(), access);
  }

  private static List<Resource> resources(
      Qupersync program, HttpSettings settings, Outlets outlets, InstantSource clock) {
    var definitions = program.definitions();
    Inspections tools = program.inspections();
    var standing = new Standing(program.targetCalls(), program.readiness());
    var known = program.lastKnown();
    var lines = new RunLines(program.runQueries(), program.runEvents(), known, standing);
    var jobs = new JobLines(program.jobQueries(), lines, known, standing, clock, JobLines.FRESH);
    return List.of(
        new JobRoutes(jobs, standing),
        new RunRoutes(lines, standing),
        new TriggerRoutes(definitions, program.triggerRun(), program.doOnce(), lines, standing),
        new CancelRoutes(program.cancelRun(), lines, standing),
        new WatermarkRoutes(
            definitions,
            program.jobQueries(),
            program.runQueries(),
            tools.moveWatermark(),
            Commands::kindOf,
            known,
            standing),
        new DeadLetterRoutes(definitions, tools.rejectedRows(), known, standing),
        new PlanRoutes(definitions, program.planJob()::plan, standing),
        new ScheduleRoutes(
            jobs, program.jobControl(), new ScheduleReader(program.zone()), standing),
        new ReloadRoutes(outlets.reload()),
        new LogLevelRoutes(Logs::level, Logs::setLevel),
        new MetricsRoutes(outlets.scrape()),
        new EventRoutes(program.runEvents(), lines, standing, EventRoutes.HEARTBEAT),
        new HealthRoutes(program.readiness(), outlets.silence()),
        new DocsRoutes(ConfigurationSchema.text(), settings),
        new PageRoutes(jobs, lines, standing, settings));
  }
}
