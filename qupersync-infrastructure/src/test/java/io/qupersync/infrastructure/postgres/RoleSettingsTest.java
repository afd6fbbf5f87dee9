package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.Rows;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A role may have settings of its own that change what a value or a name looks like. Whatever they
/// are, rows arrive, read back as they were, and are not written again.
class RoleSettingsTest {

  /// What a role might have set, of each setting that our sessions pin.
  private static final Map<String, String> HOSTILE =
      Map.ofEntries(
          Map.entry("timezone", "'Asia/Kathmandu'"),
          Map.entry("datestyle", "'German, DMY'"),
          Map.entry("intervalstyle", "'sql_standard'"),
          Map.entry("extra_float_digits", "-15"),
          Map.entry("bytea_output", "'escape'"),
          Map.entry("lc_monetary", "'C'"),
          Map.entry("xmloption", "document"),
          Map.entry("array_nulls", "off"),
          Map.entry("standard_conforming_strings", "off"),
          Map.entry("backslash_quote", "off"),
          Map.entry("transform_null_equals", "on"),
          Map.entry("quote_all_identifiers", "on"),
          Map.entry("gin_fuzzy_search_limit", "1"),
          Map.entry("row_security", "off"),
          Map.entry("escape_string_warning", "on"),
          Map.entry("client_min_messages", "debug5"),
          Map.entry("default_transaction_isolation", "serializable"),
          Map.entry("default_transaction_read_only", "on"),
          Map.entry("default_transaction_deferrable", "on"),
          Map.entry("session_replication_role", "replica"));

  /// Pinned by the driver, by the search path of the job's own configuration, or by the
  /// transaction.
  private static final Set<String> PINNED_ELSEWHERE =
      Set.of(
          "client_encoding",
          "application_name",
          "search_path",
          "idle_in_transaction_session_timeout",
          "transaction_deferrable",
          "transaction_isolation",
          "transaction_read_only",
          "synchronous_commit");

  /// Change how soon and at what cost, what is logged, or what is refused, but no value and no
  /// name.
  private static final List<String> HARMLESS_CATEGORIES =
      List.of(
          "Query Tuning",
          "Resource Usage",
          "Vacuuming",
          "Statistics",
          "Reporting and Logging",
          "Write-Ahead Log",
          "Connections and Authentication",
          "Developer Options",
          "Replication",
          "Lock Management",
          "Error Handling",
          "Client Connection Defaults / Shared Library Preloading");

  /// Each with why it need not be pinned.
  private static final Map<String, String> HARMLESS =
      Map.ofEntries(
          Map.entry("default_text_search_config", "of to_tsvector(text), which only triggers call"),
          Map.entry("icu_validation_level", "of creating collations"),
          Map.entry("lc_messages", "messages are read by their state, in any language"),
          Map.entry("lc_numeric", "of to_char, which we do not call"),
          Map.entry("lc_time", "of to_char, which we do not call"),
          Map.entry(
              "timezone_abbreviations",
              "what is read by one comes back without it, and is rejected"),
          Map.entry("dynamic_library_path", "of loading code"),
          Map.entry("extension_control_path", "of creating extensions"),
          Map.entry("check_function_bodies", "of creating functions"),
          Map.entry("createrole_self_grant", "of creating roles"),
          Map.entry("default_table_access_method", "how a table is stored"),
          Map.entry("default_tablespace", "where a table is stored"),
          Map.entry("default_toast_compression", "how a value is stored"),
          Map.entry("temp_tablespaces", "where a stage is stored"),
          Map.entry("event_triggers", "of changes to tables"),
          Map.entry("gin_pending_list_limit", "how an index is kept"),
          Map.entry("idle_session_timeout", "a session that is lost is opened again"),
          Map.entry("lock_timeout", "a statement fails, and is tried again"),
          Map.entry("statement_timeout", "a statement fails, and says so"),
          Map.entry("transaction_timeout", "a transaction fails, and says so"),
          Map.entry("restrict_nonsystem_relation_kind", "a statement fails, and says so"),
          Map.entry("xmlbinary", "of xmlelement, which we do not call"),
          Map.entry("lo_compat_privileges", "of large objects"),
          Map.entry("synchronize_seqscans", "in which order rows come, and we sort them"));

  private static final List<Column> SOURCE =
      columns(
          "id",
          "bigint",
          "amount",
          "double precision",
          "single",
          "real",
          "moment",
          "timestamptz",
          "day",
          "date",
          "span",
          "interval",
          "bytes",
          "bytea",
          "note",
          "text",
          "items",
          "text",
          "doc",
          "text",
          "cash",
          "numeric(9,2)",
          "kind",
          "text");

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.open();
    side.execute("create schema analytics");
  }

  @AfterAll
  static void close() {
    side.execute("drop owned by hostile; drop role hostile");
    side.close();
  }

  static Stream<String> hostile() {
    return HOSTILE.keySet().stream().sorted();
  }

  @Test
  void every_setting_that_a_role_can_have_is_pinned_or_does_no_harm() {
    List<String> open =
        side
            .query("select name, category from pg_settings where context in ('user', 'superuser')")
            .stream()
            .filter(
                row -> !isSeenTo(row.get("name").orElseThrow(), row.get("category").orElseThrow()))
            .map(row -> row.get("name").orElseThrow())
            .toList();

    assertThat(open).isEmpty();
    assertThat(HOSTILE.keySet()).containsExactlyInAnyOrderElementsOf(SessionPins.names());
  }

  private static boolean isSeenTo(String name, String category) {
    String lower = name.toLowerCase(Locale.ROOT);
    // of a module that is loaded
    boolean isExtensions = lower.contains(".") || category.equals("Customized Options");
    return SessionPins.names().contains(lower)
        || PINNED_ELSEWHERE.contains(lower)
        || HARMLESS.containsKey(lower)
        || isExtensions
        || HARMLESS_CATEGORIES.stream().anyMatch(category::startsWith);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void a_role_that_sets_it_changes_nothing(String setting) {
    role();
    side.execute("alter role hostile set %s = %s".formatted(setting, HOSTILE.get(setting)));

    copiesExactly(TableRef.of("analytics", setting));
  }

  @Test
  void a_role_that_sets_them_all_changes_nothing() {
    role();
    HOSTILE.forEach(
        (name, value) -> side.execute("alter role hostile set %s = %s".formatted(name, value)));

    copiesExactly(TableRef.of("analytics", "all"));
  }

  private static void role() {
    side.execute(
        """
        do $$ begin
          if not exists (select from pg_roles where rolname = 'hostile') then
            create role hostile superuser login password '%s';
          end if;
        end $$
        """
            .formatted(side.password()));
    side.execute("alter role hostile reset all");
  }

  private static void copiesExactly(TableRef table) {
    side.execute(
        """
        create table %s (id bigint primary key, amount double precision, single real,
          moment timestamptz, day date, span interval day to minute, bytes bytea, note text,
          items text[], doc xml, cash money, kind regtype,
          constraint "no empty note" check (note <> ''))
        """
            .formatted(table.quoted()));
    SyncJob job = aJob().named("job").into(table).build();
    Row first =
        row(
            1L,
            0.1,
            1.0E-10f,
            Instant.parse("2026-03-02T08:00:31.077231Z"),
            LocalDate.of(2026, 3, 2),
            "-1 days +02:03:00",
            new byte[] {0, '\\', -1},
            "it's \\ \"quoted\"",
            "{NULL,\"null\",\"a\\\\b\"}",
            "<a>1</a><b/>",
            new BigDecimal("-1234567.50"),
            "integer");
    Row second = nulls(2L);
    try (PostgresSide hostile = side.as("hostile");
        ActiveRun run = ActiveRun.begin(hostile, job, SOURCE)) {
      assertThat(run.commit(first, second)).isEqualTo(new RunTally(2, 2, 0, 0, 0, 0, 0));
      assertThat(run.commit(first, second)).isEqualTo(new RunTally(2, 0, 0, 2, 0, 0, 0));
      Row empty = nulls(3L);
      assertThat(run.commit(first, withNote(empty, "")).skipped()).isEqualTo(1);
      assertThat(readBack(hostile, job)).containsExactly(texts(first), texts(second));
    }
    assertThat(
            side.query(
                "select items[1] is null as n, amount, single from %s where id = 1"
                    .formatted(table.quoted())))
        .first()
        .isEqualTo(
            Map.of(
                "n",
                Optional.of("true"),
                "amount",
                Optional.of("0.1"),
                "single",
                Optional.of("1e-10")));
    side.execute("delete from quper.dead_letters");
  }

  private static Row nulls(long id) {
    @Nullable Object[] cells = new Object[SOURCE.size()];
    cells[0] = id;
    return row(cells);
  }

  private static Row withNote(Row row, String note) {
    @Nullable Object[] cells = new Object[row.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = row.cell(i);
    }
    cells[7] = note;
    return row(cells);
  }

  private static List<String> readBack(PostgresSide hostile, SyncJob job) {
    TableMapping mapping =
        MappingResolver.resolve(
            job,
            new TableShape(SOURCE),
            hostile.target().shapeOf(job.destination().table()),
            "here");
    var rows = new ArrayList<String>();
    try (Rows read = hostile.reader().read(mapping)) {
      for (var batch = read.next(); batch.isPresent(); batch = read.next()) {
        batch.get().rows().forEach(row -> rows.add(texts(row)));
      }
    }
    return rows.stream().sorted().toList();
  }

  private static String texts(Row row) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < row.size(); i++) {
      Object cell = row.cell(i);
      String text =
          cell == null
              ? "-"
              : cell instanceof byte[] bytes ? Arrays.toString(bytes) : cell.toString();
      texts.add(text.equals("-1234567.50") ? "-$1,234,567.50" : text);
    }
    return String.join("|", texts);
  }
}
