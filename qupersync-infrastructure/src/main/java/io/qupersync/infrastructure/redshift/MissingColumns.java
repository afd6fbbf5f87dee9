package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Columns of the system views that a cluster of an older patch lacks. A built-in job reads NULL in
/// their place, for an hour; then the view is asked for them again. A job that a user wrote must
/// name columns that are there. Safe for use by many threads.
final class MissingColumns {

  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final String UNDEFINED_COLUMN = "42703";

  /// `column "username" does not exist in sys_query_history`, `column q.label does not exist`
  private static final Pattern NAMED =
      Pattern.compile("column (?:\\S+\\.)?\"?([^\"\\s.]+)\"? does not exist");

  /// Type of a built-in job's column, by job and name.
  private static final Map<String, String> TYPES = types();

  /// A job's query as the source can answer it.
  private record Adapted(
      SqlTemplate original, SqlTemplate query, List<String> missing, Instant until) {}

  private final InstantSource clock;
  private final Map<JobId, Adapted> adapted = new ConcurrentHashMap<>();

  MissingColumns(InstantSource clock) {
    this.clock = clock;
  }

  private static Map<String, String> types() {
    try (InputStream in = MissingColumns.class.getResourceAsStream("built-in-columns.txt")) {
      if (in == null) {
        throw new IllegalStateException("built-in-columns.txt is missing");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return reader
          .lines()
          .map(line -> line.split(" ", 3))
          .collect(Collectors.toMap(parts -> parts[0] + " " + parts[1], parts -> parts[2]));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The same, to begin with; what was known for long is forgotten.
  SyncJob toBeginWith(SyncJob job) {
    adapted.computeIfPresent(
        job.id(), (_, found) -> found.until.isAfter(clock.instant()) ? found : null);
    return known(job);
  }

  /// The job as its source can answer it, by what is known.
  SyncJob known(SyncJob job) {
    Adapted found = adapted.get(job.id());
    return found != null
            && job.extraction().source() instanceof JobSource.Query(SqlTemplate sql)
            && sql.equals(found.original)
        ? reading(job, found.query)
        : job;
  }

  /// What a user should know of it.
  List<String> remarks(SyncJob job) {
    Adapted found = adapted.get(job.id());
    return found == null || known(job).equals(job)
        ? List.of()
        : List.of(
            "the source lacks %s, so NULL was read: its Redshift is of an older patch"
                .formatted(String.join(", ", found.missing)));
  }

  /// Takes note of a refusal to describe the job's rows.
  ///
  /// @param asked the job as it was asked for
  /// @return the job as it can be asked for now; empty when the refusal is about something else
  Optional<SyncJob> without(SyncJob job, SyncJob asked, SQLException refused) {
    Optional<String> missing = missing(refused);
    if (job.extraction().builtIn().isEmpty()
        || missing.isEmpty()
        || !(job.extraction().source() instanceof JobSource.Query(SqlTemplate original))
        || !(asked.extraction().source() instanceof JobSource.Query(SqlTemplate query))) {
      return Optional.empty();
    }
    var left = new ArrayList<String>();
    Optional<SqlTemplate> rest =
        query.replacing(
            missing.get(),
            name -> {
              left.add(name);
              return "cast(null as %s)".formatted(typeOf(job, name));
            });
    if (rest.isEmpty() || left.stream().anyMatch(name -> isNeeded(job, name))) {
      throw new PermanentFailure(
          FailureKind.SOURCE,
          "cannot read job '%s': the source lacks the column '%s', which its key, its watermark or a condition needs; write a query of your own for it"
              .formatted(job.id(), missing.get()),
          refused);
    }
    Adapted before = adapted.get(job.id());
    List<String> all =
        Stream.concat(
                before == null || asked.equals(job) ? Stream.empty() : before.missing.stream(),
                Stream.of(missing.get()))
            .toList();
    adapted.put(job.id(), new Adapted(original, rest.get(), all, clock.instant().plus(REMEMBERED)));
    return Optional.of(reading(job, rest.get()));
  }

  private static Optional<String> missing(SQLException refused) {
    if (!UNDEFINED_COLUMN.equals(refused.getSQLState())) {
      return Optional.empty();
    }
    Matcher named = NAMED.matcher(SqlFailures.reason(refused));
    return named.find() ? Optional.of(named.group(1)) : Optional.empty();
  }

  private static boolean isNeeded(SyncJob job, String name) {
    boolean inKey =
        job.destination().key().stream().map(job.columns()::sourceOf).anyMatch(name::equals);
    return inKey
        || job.extraction().watermark().filter(rule -> rule.columns().contains(name)).isPresent();
  }

  private static String typeOf(SyncJob job, String name) {
    String type = TYPES.getOrDefault(job.id() + " " + name, "varchar");
    return type.equals("text") ? "varchar" : type;
  }

  private static SyncJob reading(SyncJob job, SqlTemplate query) {
    return new SyncJob(
        job.id(),
        job.mode(),
        job.extraction().from(new JobSource.Query(query)),
        job.columns(),
        job.destination(),
        job.schedule(),
        job.limits());
  }
}
