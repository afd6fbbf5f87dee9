package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every type and its edges, as text and in binary, in zones with odd offsets and nights of their
/// own.
final class RedshiftTypesTest {

  private static final List<TypeCase> CASES = TypeCase.all();

  /// How the values get here.
  private enum Way {
    BINARY("every_binary_type", Source.login(), Map.of()),
    TEXT("every_type", Source.textLogin(), Map.of()),

    /// From a server that leaves the choice to the driver, which then takes some types in binary.
    MIXED("every_type", Source.textLogin(), Map.of("preparethreshold", "-1"));

    private final SyncJob job;
    private final RedshiftSettings settings;

    Way(String table, RedshiftSettings.Login login, Map<String, String> options) {
      this.job = aJob().from(TableRef.of("public", table)).build();
      this.settings = Source.settings(login, Source.limits(), options);
    }

    boolean knows(TypeCase type) {
      return this != BINARY || type.hasBinaryForm();
    }
  }

  @BeforeAll
  static void create() {
    var columns = new ArrayList<String>();
    var values = new ArrayList<String>();
    var nulls = new ArrayList<String>();
    for (int i = 0; i < CASES.size(); i++) {
      columns.add("c%d %s".formatted(i, CASES.get(i).declared()));
      values.add(CASES.get(i).literal());
      nulls.add("null");
    }
    Source.execute(
        "set standard_conforming_strings = off",
        "set escape_string_warning = off",
        "create table every_type (%s)".formatted(String.join(", ", columns)),
        "insert into every_type values (%s), (%s)"
            .formatted(String.join(", ", values), String.join(", ", nulls)),
        "create view every_binary_type as select %s from every_type"
            .formatted(
                IntStream.range(0, CASES.size())
                    .filter(i -> CASES.get(i).hasBinaryForm())
                    .mapToObj(i -> "c" + i)
                    .collect(Collectors.joining(", "))),
        "grant select on every_type, every_binary_type to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table every_type cascade");
  }

  @TestFactory
  Stream<DynamicTest> is_seen_and_read_as_it_is() {
    return ways().flatMap(way -> cases(way, TimeZone.getDefault()));
  }

  @TestFactory
  Stream<DynamicTest> is_the_same_wherever_this_runs() {
    return Stream.of("Asia/Tokyo", "America/St_Johns", "America/New_York")
        .map(TimeZone::getTimeZone)
        .flatMap(zone -> ways().flatMap(way -> cases(way, zone)));
  }

  @TestFactory
  Stream<DynamicTest> is_the_same_when_rows_come_packed() {
    return ways().flatMap(way -> cases(way, TimeZone.getDefault(), RedshiftTypesTest::packed));
  }

  private static Stream<Way> ways() {
    return Stream.of(Way.values());
  }

  private static List<Row> packed(RedshiftRowSource source, SyncJob job) {
    try (Rows rows = source.openPacked(job, source.shapeOf(job), Window.everything())) {
      return Source.drain(rows);
    }
  }

  private static Stream<DynamicTest> cases(Way way, TimeZone zone) {
    return cases(way, zone, (source, job) -> Source.read(source, job, Window.everything()));
  }

  private static Stream<DynamicTest> cases(
      Way way, TimeZone zone, BiFunction<RedshiftRowSource, SyncJob, List<Row>> reading) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(zone);
    try {
      var source = Source.rows(way.settings);
      TableShape shape = source.shapeOf(way.job);
      List<Row> rows = reading.apply(source, way.job);
      return IntStream.range(0, CASES.size())
          .filter(i -> way.knows(CASES.get(i)))
          .mapToObj(i ->
              dynamicTest(
                  way + " " + zone.getID() + " " + CASES.get(i),
                  () -> {
                    int at = shape.indexOf("c" + i).orElseThrow();
                    assertThat(shape.columns().get(at).type()).isEqualTo(CASES.get(i).type());
                    assertThat(rows.getFirst().cell(at)).isEqualTo(CASES.get(i).cell());
                    assertThat(rows.getLast().cell(at)).isNull();
                  }));
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
