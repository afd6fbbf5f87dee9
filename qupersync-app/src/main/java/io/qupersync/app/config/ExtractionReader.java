package io.qupersync.app.config;

import io.qupersync.domain.job.Extraction;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.OpenRows;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SqlTemplate.Placeholder;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.text.Durations;
import io.qupersync.interfaces.text.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a job reads: its `source` and `watermark`.
final class ExtractionReader {

  private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d.]+(?:[eE][+-]?\\d+)?");
  private static final long MOST_COUNTED = 999_999_999_999_999_999L;
  private static final String FORMS = "write { table: public.orders } or { query: \"select …\" }";

  private final FlavorSetting flavor;
  private final Lookback unsaid;

  /// @param flavor of the source
  /// @param lookback of watermarks of a time type that say nothing
  ExtractionReader(FlavorSetting flavor, Duration lookback) {
    this.flavor = flavor;
    this.unsaid = new Lookback.Unsaid(lookback);
  }

  /// What AWS can be asked for.
  private enum AwsAnswer {
    NODES
  }

  /// @param adviceWithoutSource the problem of a job that has no source
  Optional<Extraction> read(Section job, String adviceWithoutSource) {
    if (!job.has("source")) {
      job.problem(job.place(), adviceWithoutSource);
    }
    Optional<Section> section = job.find("source", Keys.JOB_SOURCE);
    Optional<JobSource> source = section.flatMap(this::source);
    boolean bounded = source.isPresent() && hasPlaceholder(source.get());
    Optional<WatermarkRule> watermark =
        job.find("watermark", Keys.WATERMARK).flatMap(found -> watermark(found, bounded));
    if (section.isPresent() && bounded && !job.has("watermark")) {
      section
          .get()
          .problem(
              section.get().placeOf("query"),
              ":from and :to stand for the ends of the window, and a job without a watermark has none; add watermark: { column: … }");
    }
    boolean unreadable = job.has("watermark") && watermark.isEmpty();
    return unreadable ? Optional.empty() : source.map(found -> new Extraction(found, watermark));
  }

  private Optional<JobSource> source(Section section) {
    if (section.has("aws")) {
      return nodes(section);
    }
    if (section.has("table") == section.has("query")) {
      section.problem(section.place(), "needs either 'table' or 'query'; " + FORMS);
      return Optional.empty();
    }
    Optional<String> _ = section.read("query", ExtractionReader::known);
    return section.has("table")
        ? section.read("table", text -> TableRef.parse(text, "public")).map(JobSource.Table::new)
        : section.read("query", SqlTemplate::ofQuery).map(JobSource.Query::new);
  }

  private Optional<JobSource> nodes(Section section) {
    if (section.has("table") || section.has("query")) {
      section.problem(
          section.placeOf("aws"), "reads from AWS and not by SQL; keep either 'aws' or the other");
    } else if (flavor != FlavorSetting.RA3) {
      section.problem(
          section.placeOf("aws"),
          "AWS is asked only about a source that is said to be there; set source.flavor: ra3");
    }
    return section
        .read("aws", Values.oneOf(AwsAnswer.class, '_'))
        .map(answer ->
            switch (answer) {
              case NODES -> new JobSource.Nodes();
            });
  }

  private static String known(String query) {
    List<String> unknown = new SqlTemplate(query).unknownPlaceholders();
    if (!unknown.isEmpty()) {
      String first = unknown.getFirst();
      throw new IllegalArgumentException(
          "':%s' is no placeholder; %s"
              .formatted(
                  first,
                  Suggestion.of(first, List.of("from", "to"))
                      .map("did you mean ':%s'?"::formatted)
                      .orElse("there are :from and :to, the ends of the window")));
    }
    return query;
  }

  private static boolean hasPlaceholder(JobSource source) {
    return switch (source) {
      case JobSource.Query(SqlTemplate sql) -> sql.has(Placeholder.FROM) || sql.has(Placeholder.TO);
      case JobSource.Table _, JobSource.Nodes _ -> false;
    };
  }

  /// @param bounded whether the query takes the window's ends itself. Its author controls the SQL
  ///   then, and an order put around it could be very dear: only on request.
  private Optional<WatermarkRule> watermark(Section section, boolean bounded) {
    if (!section.has("column")) {
      section.problem(section.place(), "'column' is missing; name a column whose values only grow");
      return Optional.empty();
    }
    List<String> columns = section.readAll("column", Values::text);
    Lookback lookback = section.read("lookback", ExtractionReader::lookback).orElse(unsaid);
    FirstRead first =
        section.read("initial", ExtractionReader::firstRead).orElseGet(FirstRead.Everything::new);
    NullWatermarks nulls =
        section
            .read("nulls", Values.oneOf(NullWatermarks.class, '_'))
            .orElse(NullWatermarks.EVERY_RUN);
    boolean ordered = section.read("ordered", Values::flag).orElse(!bounded);
    Optional<Duration> retention = section.read("retention", Durations::positive);
    Duration holdBackMax =
        section.read("hold_back_max", Durations::parse).orElse(WatermarkRule.USUAL_HOLD_BACK_MAX);
    Optional<OpenRows> open = section.find("open", Keys.OPEN).flatMap(ExtractionReader::open);
    Optional<WatermarkRule> rule =
        section.built(
            section.placeOf("column"),
            () ->
                new WatermarkRule(
                    columns, lookback, first, nulls, ordered, retention, holdBackMax, open));
    rule.flatMap(WatermarkFit::contradiction)
        .ifPresent(contradiction -> section.problem(section.placeOf("initial"), contradiction));
    return rule;
  }

  private static Optional<OpenRows> open(Section section) {
    return section
        .required(
            "column",
            Values::text,
            "'column' is missing; name the target's column that tells whether a row is open")
        .map(column -> new OpenRows(column, section.readAll("values", Values::text)));
  }

  private static Lookback lookback(String text) {
    if (NUMBER.matcher(text).matches()) {
      return new Lookback.OfCount(Values.number(0, MOST_COUNTED).apply(text));
    }
    return new Lookback.OfTime(Durations.parse(text));
  }

  private static FirstRead firstRead(String text) {
    return Durations.find(text)
        .<FirstRead>map(FirstRead.Ago::new)
        .orElseGet(() -> new FirstRead.At(Values.text(text)));
  }
}
