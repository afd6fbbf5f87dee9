package io.qupersync.app;

import io.qupersync.app.config.ConfigurationSchema;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.application.schedule.ReloadResult;
import io.qupersync.interfaces.http.Access;
import io.qupersync.interfaces.http.AccessToken;
import io.qupersync.interfaces.http.CancelRoutes;
import io.qupersync.interfaces.http.DeadLetterRoutes;
import io.qupersync.interfaces.http.DocsRoutes;
import io.qupersync.interfaces.http.EventRoutes;
import io.qupersync.interfaces.http.HealthRoutes;
import io.qupersync.interfaces.http.HttpApi;
import io.qupersync.interfaces.http.HttpSettings;
import io.qupersync.interfaces.http.JobListing;
import io.qupersync.interfaces.http.JobRoutes;
import io.qupersync.interfaces.http.LogLevelRoutes;
import io.qupersync.interfaces.http.MetricsRoutes;
import io.qupersync.interfaces.http.PageRoutes;
import io.qupersync.interfaces.http.PlanRoutes;
import io.qupersync.interfaces.http.ReloadRoutes;
import io.qupersync.interfaces.http.Resource;
import io.qupersync.interfaces.http.RunListing;
import io.qupersync.interfaces.http.RunRoutes;
import io.qupersync.interfaces.http.ScheduleReader;
import io.qupersync.interfaces.http.ScheduleRoutes;
import io.qupersync.interfaces.http.TargetAnswers;
import io.qupersync.interfaces.http.TlsFiles;
import io.qupersync.interfaces.http.TriggerRoutes;
import io.qupersync.interfaces.http.WatermarkRoutes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The HTTP API over the program.
final class ApiWiring {

  private ApiWiring() {}

  /// What else the API needs to know.
  ///
  /// @param scrape reads all metrics
  /// @param reload reads the configuration again
  /// @param silence how long ago the scheduler last looked for due runs; empty where there is none
  record Outlets(
      MetricsRoutes.Scraper scrape,
      Supplier<ReloadResult> reload,
      Supplier<Optional<Duration>> silence) {}

  /// Does not listen yet.
  static HttpApi of(Qupersync program, ServerConfig server, Outlets outlets, InstantSource clock) {
    HttpSettings settings = settings(server);
    List<Resource> resources = resources(program, settings, outlets, clock);
    return HttpApi.of(settings, resources, Commands::kindOf, clock);
  }

  private static HttpSettings settings(ServerConfig server) {
    List<AccessToken> tokens = server.tokens().stream().map(ApiWiring::token).toList();
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
    InspectionTools tools = program.inspections();
    var targetAnswers = new TargetAnswers(program.targetCalls(), program.readiness());
    var known = program.lastKnown();
    var lines = new RunListing(program.runQueries(), program.runEvents(), known, targetAnswers);
    var jobs =
        new JobListing(program.jobQueries(), lines, known, targetAnswers, clock, JobListing.FRESH);
    return List.of(
        new JobRoutes(jobs, targetAnswers),
        new RunRoutes(lines, targetAnswers),
        new TriggerRoutes(
            definitions, program.triggerRun(), program.doOnce(), lines, targetAnswers),
        new CancelRoutes(program.cancelRun(), lines, targetAnswers),
        new WatermarkRoutes(
            definitions,
            program.jobQueries(),
            program.runQueries(),
            tools.moveWatermark(),
            Commands::kindOf,
            known,
            targetAnswers),
        new DeadLetterRoutes(definitions, tools.rejectedRows(), known, targetAnswers),
        new PlanRoutes(definitions, program.planJob()::plan, targetAnswers),
        new ScheduleRoutes(
            jobs, program.jobControl(), new ScheduleReader(program.zone()), targetAnswers),
        new ReloadRoutes(outlets.reload()),
        new LogLevelRoutes(Logs::level, Logs::setLevel),
        new MetricsRoutes(outlets.scrape()),
        new EventRoutes(program.runEvents(), lines, targetAnswers, EventRoutes.HEARTBEAT),
        new HealthRoutes(program.readiness(), outlets.silence()),
        new DocsRoutes(ConfigurationSchema.text(), settings),
        new PageRoutes(jobs, lines, targetAnswers, settings));
  }
}
