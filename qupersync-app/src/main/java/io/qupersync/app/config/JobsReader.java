package io.qupersync.app.config;

import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Problems;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.text.Durations;
import io.qupersync.interfaces.text.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads all jobs: the built-in ones, with what the user says of them, then the user's own.
final class JobsReader {

  private final JobReader reader;
  private final Map<String, Section> builtIn;
  private final FlavorSetting flavor;
  private final ViewsSetting views;
  private final Predicate<TableRef> ownTables;

  /// With which a name for the full runs can still be made.
  private static final int LONGEST_NAME = 95;

  private final Problems problems;
  private final List<JobRelations> relations = new ArrayList<>();

  /// @param builtIn the built-in jobs that are wanted
  /// @param flavor of the source
  /// @param views which system views are read there
  /// @param own whether a table is one of QuperSync's own
  JobsReader(
      JobReader reader,
      Map<String, Section> builtIn,
      FlavorSetting flavor,
      ViewsSetting views,
      Predicate<TableRef> own,
      Problems problems) {
    this.reader = reader;
    this.flavor = flavor;
    this.views = views;
    this.ownTables = own;
    this.builtIn = builtIn;
    this.problems = problems;
  }

  /// @param files the files that define jobs, in order
  JobRegistry read(List<Section> files) {
    Map<String, Section> own = definitions(files);
    Set<String> names = new LinkedHashSet<>(builtIn.keySet());
    names.addAll(own.keySet());
    var jobs = new ArrayList<JobVariants>();
    for (String name : names) {
      job(name, Optional.ofNullable(builtIn.get(name)), Optional.ofNullable(own.get(name)))
          .ifPresent(jobs::add);
    }
    Function<String, Optional<Section>> definition =
        name -> Optional.ofNullable(own.getOrDefault(name, builtIn.get(name)));
    new DependencyCheck(names, definition).check(relations);
    new SharedTargets(ownTables, definition).check(relations);
    for (JobVariants job : jobs) {
      if (job.fullSchedule().isPresent() && job.id().value().length() < LONGEST_NAME) {
        refuseTwin(job, names, own);
      }
    }
    return new JobRegistry(jobs);
  }

  /// The state keeps full runs under a name of their own, which no job may bear.
  private static void refuseTwin(JobVariants job, Set<String> names, Map<String, Section> own) {
    String kept = JobVariants.fullRunsOf(job.id()).value();
    Section section = own.get(job.id().value());
    if (names.contains(kept) && section != null) {
      section.problem(
          section.placeOf("full_schedule"),
          "the state keeps its full runs under '%s', which is another job: rename that job"
              .formatted(kept));
    }
  }

  private Map<String, Section> definitions(List<Section> files) {
    var definitions = new LinkedHashMap<String, Section>();
    for (Section file : files) {
      file.named("jobs", Keys.JOB)
          .forEach((name, job) -> {
            Section first = definitions.putIfAbsent(name, job);
            if (first != null) {
              job.bareProblem(
                  job.place(),
                  "job '%s' is defined twice, first at %s; keep one"
                      .formatted(name, first.place()));
            }
          });
    }
    return definitions;
  }

  /// Empty for a job that is disabled, or has problems.
  private Optional<JobVariants> job(String name, Optional<Section> builtIn, Optional<Section> own) {
    var layers = new JobLayers(flavor, views, builtIn, own);
    Section provisionedKeys = section(name, layers.on(Flavor.PROVISIONED));
    Section serverlessKeys =
        layers.dependOnFlavor() ? section(name, layers.on(Flavor.SERVERLESS)) : provisionedKeys;
    Optional<JobId> id = provisionedKeys.built(provisionedKeys.place(), () -> new JobId(name));
    Optional<SyncJob> provisioned =
        reader
            .read(id, provisionedKeys, adviceWithoutSource(name))
            .map(job -> layers.readAsBuiltIn() ? asBuiltIn(job) : job);
    Optional<SyncJob> serverless =
        layers.dependOnFlavor()
            ? reader
                .read(id, serverlessKeys, adviceWithoutSource(name))
                .map(job -> layers.readAsBuiltIn() ? asBuiltIn(job) : job)
            : provisioned;
    Optional<String> description = provisionedKeys.read("description", Values::text);
    List<JobId> after = provisionedKeys.readAll("after", JobId::new);
    if (layers.enabled()) {
      id.ifPresent(job ->
          relations.add(
              new JobRelations(
                  job,
                  after,
                  Stream.of(provisionedKeys, serverlessKeys)
                      .flatMap(keys -> reader.target(keys).stream())
                      .collect(Collectors.toSet()))));
    }
    Optional<Duration> freshness = provisionedKeys.read("freshness", Durations::positive);
    Optional<Schedule> full = reader.fullSchedule(provisionedKeys);
    if (full.isPresent()) {
      // the name under which its full runs are kept must be one
      Optional<JobId> _ =
          id.flatMap(job ->
              provisionedKeys.built(
                  provisionedKeys.placeOf("full_schedule"), () -> JobVariants.fullRunsOf(job)));
    }
    return layers.enabled() && provisioned.isPresent() && serverless.isPresent()
        ? Optional.of(
            new JobVariants(
                provisioned.get(), serverless.get(), description, after, freshness, full))
        : Optional.empty();
  }

  private static SyncJob asBuiltIn(SyncJob job) {
    return new SyncJob(
        job.id(),
        job.mode(),
        job.extraction().builtIn(job.id()),
        job.columns(),
        job.destination(),
        job.schedule(),
        job.limits());
  }

  private Section section(String name, Fields keys) {
    return new Section("jobs." + name, keys, Keys.JOB, problems);
  }

  /// A job of which little is said may be a built-in one, mistyped.
  private String adviceWithoutSource(String name) {
    return Suggestion.of(name, builtIn.keySet())
        .map("there is no such built-in job; did you mean '%s'?"::formatted)
        .orElse("'source' is missing; write { table: public.orders } or { query: \"select …\" }");
  }
}
