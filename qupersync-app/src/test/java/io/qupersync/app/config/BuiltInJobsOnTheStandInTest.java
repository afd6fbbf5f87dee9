package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.redshift.RedshiftConnections;
import io.qupersync.infrastructure.redshift.RedshiftRowSource;
import io.qupersync.sandbox.data.LivelyCluster;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in jobs read through the real driver: what they select fits their keys and types. */
class BuiltInJobsOnTheStandInTest {

  private static final InstantSource MONDAY_MORNING =
      InstantSource.fixed(Instant.parse("2026-03-02T09:30:00Z"));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void read_rows_of_the_declared_types_one_per_key(Flavor flavor) throws SQLException, IOException {
    var standIn = io.qupersync.sandbox.standin.Flavor.valueOf(flavor.name());
    try (var redshift = RedshiftStandIn.start(StandInSettings.defaults().flavor(standIn))) {
      LivelyCluster.raise(redshift, 42, 1, MONDAY_MORNING);
      Configuration configuration = configuration(redshift);
      var source =
          new RedshiftRowSource(
              new RedshiftConnections(
                  configuration.source().redshiftSettings(configuration.source().login()),
                  InstantSource.system()));
      var tables = new TreeMap<String, String>();
      for (JobVariants flavored : configuration.jobs().all()) {
        SyncJob job = flavored.on(source.flavor());
        TableShape shape = source.shapeOf(job);
        TableMapping mapping = MappingResolver.resolve(job, shape, Optional.empty(), source.name());
        tables.put(job.id().value(), columns(mapping));
        check(job, mapping, read(source, job, mapping));
      }
      assertThat(source.flavor()).isEqualTo(flavor);
      assertThat(tables.entrySet().stream().map(table -> table.getKey() + "\n" + table.getValue()))
          .containsExactlyElementsOf(expectedTables(flavor));
    }
  }

  /** What users find in the target: a change here is a change to their tables. */
  private static List<String> expectedTables(Flavor flavor) throws IOException {
    String resource = "built-in-tables-%s.txt".formatted(Values.word(flavor, '-'));
    try (var text = BuiltInJobsOnTheStandInTest.class.getResourceAsStream(resource)) {
      String tables = new String(text.readAllBytes(), StandardCharsets.UTF_8);
      return List.of(tables.split("(?m)^(?=\\w)"));
    }
  }

  private Configuration configuration(RedshiftStandIn redshift) {
    return new ConfigurationFixture(directory)
        .with(ConfigurationFixture.wholeEnvironment())
        .with("REDSHIFT_HOST", redshift.host())
        .with("REDSHIFT_PORT", String.valueOf(redshift.port()))
        .with("REDSHIFT_DB", redshift.database())
        .with("REDSHIFT_USER", redshift.user())
        .with("REDSHIFT_PASSWORD", redshift.password())
        .loaded();
  }

  private static String columns(TableMapping mapping) {
    return mapping.targetColumns().stream()
        .map(column -> "  " + column.name() + " " + column.type().sql() + "\n")
        .collect(Collectors.joining());
  }

  private static ShapedBatch read(RowSource source, SyncJob job, TableMapping mapping) {
    List<RowBatch> batches = new ArrayList<>();
    try (Rows rows = source.open(job, mapping.source(), window(source, mapping))) {
      for (Optional<RowBatch> batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        batches.add(batch.get());
      }
    }
    return mapping.shape(batches);
  }

  private static Window window(RowSource source, TableMapping mapping) {
    return mapping
        .watermark()
        .map(reader ->
            WatermarkValue.at(source.now(), reader.kinds().getFirst()).minus(Duration.ofDays(7)))
        .map(
            from -> new Window(Optional.of(Watermark.of(from)), Optional.empty(), Optional.empty()))
        .orElseGet(Window::everything);
  }

  private static void check(SyncJob job, TableMapping mapping, ShapedBatch shaped) {
    assertThat(shaped.rows()).as("%s reads rows", job.id()).isNotEmpty();
    assertThat(shaped.rejected()).as("%s rejects none", job.id()).isEmpty();
    assertThat(shaped.repeatsAKey()).as("%s has a key that tells rows apart", job.id()).isFalse();
    assertThat(shaped.highest().isPresent())
        .as("%s finds a watermark", job.id())
        .isEqualTo(mapping.watermark().isPresent());
  }
}
