package io.qupersync.infrastructure.redshift;

import static io.qupersync.infrastructure.redshift.Jobs.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The source's user may have settings of its own. Whatever they are, the same values are read.
final class SourceRoleSettingsTest {

  private static final Map<String, String> HOSTILE =
      Map.ofEntries(
          Map.entry("timezone", "'Asia/Kathmandu'"),
          Map.entry("datestyle", "'German, DMY'"),
          Map.entry("intervalstyle", "'iso_8601'"),
          Map.entry("extra_float_digits", "-15"),
          Map.entry("bytea_output", "'escape'"),
          Map.entry("xmloption", "document"),
          Map.entry("array_nulls", "off"),
          Map.entry("standard_conforming_strings", "off"),
          Map.entry("backslash_quote", "off"),
          Map.entry("transform_null_equals", "on"),
          Map.entry("quote_all_identifiers", "on"));

  private static final SyncJob JOB = reading("settings").build();

  private static List<String> expected = List.of();

  @BeforeAll
  static void create() {
    Source.execute(
        """
        create table settings (id bigint, "Mixed" text, moment timestamptz, local timestamp, day date,
          span interval, single real, twice double precision, bytes bytea, kind regtype, items text[])
        """,
        """
        insert into settings values (1, 'a\\b', '2026-03-02 08:00+00', '2026-03-02 08:00', '2026-03-02',
          '1 year -2 days 03:04:05.6', 0.1, 1e-300, '\\x005c', 'integer', array['NULL', null])
        """,
        "grant select on settings to public");
    expected = read();
  }

  @AfterAll
  static void drop() {
    Source.execute("drop table settings");
  }

  @AfterEach
  void reset() {
    Source.execute("alter role %s reset all".formatted(user()));
  }

  static List<String> hostile() {
    return HOSTILE.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_user_that_sets_it_changes_nothing(String setting) {
    Source.execute("alter role %s set %s = %s".formatted(user(), setting, HOSTILE.get(setting)));

    assertThat(read()).isEqualTo(expected);
  }

  @Test
  void a_user_that_sets_them_all_changes_nothing() {
    HOSTILE.forEach((name, value) ->
        Source.execute("alter role %s set %s = %s".formatted(user(), name, value)));

    assertThat(read()).isEqualTo(expected);
  }

  private static String user() {
    return '"' + Source.login().user() + '"';
  }

  /// Names and values, by sessions that have just begun.
  private static List<String> read() {
    RedshiftRowSource source = Source.rows();
    TableShape shape = source.shapeOf(JOB);
    var all = new ArrayList<String>();
    shape.columns().forEach(column -> all.add(column.name() + " " + column.type().sql()));
    for (Row row : Source.read(source, JOB, Window.everything())) {
      for (int i = 0; i < row.size(); i++) {
        Object cell = row.cell(i);
        all.add(cell instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(cell));
      }
    }
    return List.copyOf(all);
  }
}
