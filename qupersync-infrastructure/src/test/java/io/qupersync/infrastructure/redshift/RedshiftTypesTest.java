package io.qupersync.infrastructure.redshift;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.Function;
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
  private static final SyncJob JOB = aJob().from(TableRef.of("public", "every_type")).build();

  /// Makes the driver ask for binary results, which is what Redshift very probably sends by itself.
  private static final Map<String, String> BINARY = Map.of("preparethreshold", "-1");

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
        "grant select on every_type to public");
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table every_type");
  }

  @TestFactory
  Stream<DynamicTest> is_seen_and_read_as_it_is() {
    return cases(Map.of(), TimeZone.getDefault());
  }

  @TestFactory
  Stream<DynamicTest> is_the_same_in_binary() {
    return cases(BINARY, TimeZone.getDefault());
  }

  @TestFactory
  Stream<DynamicTest> is_the_same_wherever_this_runs() {
    return Stream.of("Asia/Tokyo", "America/St_Johns", "America/New_York")
        .map(TimeZone::getTimeZone)
        .flatMap(zone -> Stream.concat(cases(Map.of(), zone), cases(BINARY, zone)));
  }

  @TestFactory
  Stream<DynamicTest> is_the_same_when_rows_come_packed() {
    return Stream.of(Map.<String, String>of(), BINARY)
        .flatMap(options -> cases(options, TimeZone.getDefault(), RedshiftTypesTest::packed));
  }

  private static List<Row> packed(RedshiftRowSource source) {
    try (Rows rows = source.openPacked(JOB, source.shapeOf(JOB), Window.everything())) {
      return Source.drain(rows);
    }
  }

  private static Stream<DynamicTest> cases(Map<String, String> options, TimeZone zone) {
    return cases(options, zone, source -> Source.read(source, JOB, Window.everything()));
  }

  private static Stream<DynamicTest> cases(
      Map<String, String> options, TimeZone zone, Function<RedshiftRowSource, List<Row>> reading) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(zone);
    try {
      var source = Source.rows(Source.settings(Source.login(), Source.limits(), options));
      List<Column> columns = source.shapeOf(JOB).columns();
      List<Row> rows = reading.apply(source);
      return IntStream.range(0, CASES.size())
          .mapToObj(i ->
              dynamicTest(
                  zone.getID() + " " + CASES.get(i),
                  () -> {
                    assertThat(columns.get(i).type()).isEqualTo(CASES.get(i).type());
                    assertThat(rows.getFirst().cell(i)).isEqualTo(CASES.get(i).cell());
                    assertThat(rows.getLast().cell(i)).isNull();
                  }));
    } finally {
      TimeZone.setDefault(before);
    }
  }
}
