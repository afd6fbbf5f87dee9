package io.qupersync.app.config;

import io.qupersync.app.config.document.JobCount;
import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Problems;
import io.qupersync.app.config.document.References;
import io.qupersync.app.config.document.SourceLocation;
import io.qupersync.app.config.document.YamlFile;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.store.StateSchema;
import io.qupersync.interfaces.text.Durations;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the configuration: a file with the environment beneath it, or the environment alone.
/// Nothing is built until all of it is right.
public final class ConfigurationLoader {

  /// Read when no other file is named.
  public static final String DEFAULT_FILE = "qupersync.yaml";

  private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(30);
  private static final long LARGE_PART_OF_HEAP = 256;
  private static final int MAX_CONCURRENT_RUNS = 8;
  private static final Duration HISTORY = Duration.ofDays(90);

  private final Map<String, String> environment;
  private final Path directory;
  private List<String> warnings = List.of();

  /// @param directory the working directory
  public ConfigurationLoader(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /// Reads [#DEFAULT_FILE] in the working directory; where there is none, the environment alone.
  public LoadResult loadDefault() {
    return Files.exists(directory.resolve(DEFAULT_FILE))
        ? load(Path.of(DEFAULT_FILE))
        : loadEnvironment();
  }

  public LoadResult loadEnvironment() {
    var problems = new Problems();
    Fields keys = new EnvironmentLayer(environment).read(problems);
    return read(keys, List.of(), directory, problems);
  }

  /// What to think about in what was read last, although it is no flaw.
  public List<String> warnings() {
    return warnings;
  }

  /// Reads a file and the `jobs.d/*.yaml` beside it. Relative paths in it begin where it lies.
  public LoadResult load(Path file) {
    var problems = new Problems();
    Path place = directory.resolve(file).toAbsolutePath();
    Path home = Objects.requireNonNullElse(place.getParent(), place);
    Optional<String> tooMany = tooManyToRead(place, Runtime.getRuntime().maxMemory());
    if (tooMany.isPresent()) {
      problems.add(new SourceLocation.WholeFile(file.toString()), tooMany.get());
      return new LoadResult.Refused(problems.all());
    }
    var references = new References(environment, home);
    Optional<Fields> own = new YamlFile(file.toString(), references, problems).read(place);
    List<Section> more = new JobsFolder(directory, file, references, problems).read();
    warnings = references.warnings();
    // Whatever else is missing from a file that is no YAML is missing because it is none.
    if (own.isEmpty()) {
      return new LoadResult.Refused(problems.all());
    }
    Fields beneath = new EnvironmentLayer(environment).read(problems);
    return read(ConfigMerge.filled(own.get(), beneath), more, home, problems);
  }

  /// Jobs are only counted where the files are large for the heap: that takes time.
  private static Optional<String> tooManyToRead(Path file, long heap) {
    var files = new ArrayList<>(List.of(file));
    files.addAll(JobsFolder.filesBeside(file));
    long bytes = files.stream().map(Path::toFile).mapToLong(File::length).sum();
    return bytes < heap / LARGE_PART_OF_HEAP
        ? Optional.empty()
        : JobsInHeap.objectionToReading(files.stream().mapToInt(JobCount::in).sum(), heap);
  }

  private LoadResult read(Fields keys, List<Section> moreJobs, Path home, Problems problems) {
    var root = new Section("", keys, Keys.ROOT, problems);
    SourceConfig source = SourceSectionReader.read(root.child("source", Keys.SOURCE), home);
    TargetConfig target = TargetSectionReader.read(root.child("target", Keys.TARGET), home);
    ServerConfig server = ServerReader.read(root.child("server", Keys.SERVER), home);
    int connections = source.maxConnections();
    DefaultsConfig defaults =
        DefaultsReader.read(root.child("defaults", Keys.DEFAULTS), connections);
    boolean builtIn = root.read("builtin_jobs", Values::flag).orElse(true);
    boolean migrate = root.read("migrate", Values::flag).orElse(true);
    LogFormat log = root.read("log", Values.oneOf(LogFormat.class, '-')).orElse(LogFormat.TEXT);
    Duration grace = root.read("shutdown_grace", Durations::parse).orElse(SHUTDOWN_GRACE);
    int runs =
        root.read("max_concurrent_runs", Values.smallNumber(1, 1000)).orElse(MAX_CONCURRENT_RUNS);
    Duration history = root.read("history", Durations::positive).orElse(HISTORY);
    List<AlertConfig> alerts = AlertsReader.read(root.list("alerts", Keys.ALERT));
    var files = new ArrayList<>(List.of(root));
    files.addAll(moreJobs);
    Map<String, Section> wanted = builtIn ? BuiltInJobs.read(problems) : Map.of();
    var reader = new JobReader(defaults, target.schema(), source.flavor(), connections);
    Optional<StateSchema> state =
        root.built(root.placeOf("target"), () -> StateSchema.named(target.schema()));
    Predicate<TableRef> own = table -> state.filter(schema -> schema.owns(table)).isPresent();
    JobRegistry jobs =
        new JobsReader(reader, wanted, source.flavor(), source.views(), own, problems).read(files);
    AwsConfig aws = new EnvironmentLayer(environment).aws(problems);
    return problems.isEmpty()
        ? new LoadResult.Done(
            new Configuration(
                source, target, server, defaults, aws, builtIn, migrate, log, grace, runs, history,
                alerts, jobs))
        : new LoadResult.Refused(problems.all());
  }
}
