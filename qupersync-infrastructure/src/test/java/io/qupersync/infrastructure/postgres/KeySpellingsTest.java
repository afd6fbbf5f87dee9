package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys that differ at the source, and that the target holds to be one.
class KeySpellingsTest {

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute("create schema analytics; create extension citext");
    side.execute(
        "create collation analytics.lenient (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    side.execute(
        "create collation analytics.canonical (provider = icu, locale = 'und', deterministic = false)");
  }

  @AfterEach
  void close() {
    side.close();
  }

  /// @param first a key at the source, and `second` another one
  private record Case(String source, String target, Object first, Object second, boolean packed) {}

  static Stream<Case> cases() {
    return Stream.of(
            new Case("text", "citext", "ada", "Ada", false),
            new Case("text", "text collate analytics.lenient", "ada", "ADA", false),
            new Case(
                "varchar(20)",
                "varchar(20) collate analytics.canonical",
                "caf\u00e9",
                "cafe\u0301",
                false),
            new Case("double precision", "double precision", 0.0, -0.0, false),
            new Case("real", "real", -0.0f, 0.0f, false),
            new Case("varchar(5)", "char(5)", "a", "a ", false),
            new Case("numeric", "numeric", new BigDecimal("1.0"), new BigDecimal("1.00"), false),
            new Case(
                "numeric(6,3)",
                "numeric(6,1)",
                new BigDecimal("1.100"),
                new BigDecimal("1.101"),
                false),
            new Case("text", "integer", "1", "01", false),
            new Case("text", "date", "2026-03-02", "20260302", false),
            new Case("interval", "interval", "1 day", "24:00:00", false),
            new Case("text", "inet", "10.0.0.1", "10.0.0.1/32", false))
        .flatMap(
            one -> Stream.of(one, new Case(one.source, one.target, one.first, one.second, true)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void have_one_winner_that_stays(Case keys) {
    create(keys);
    List<Column> source = columns("id", keys.source, "note", "text");
    TargetSide target = keys.packed ? new PackingSide(side) : side;
    Row[] rows = {row(keys.first, "first"), row(keys.second, "last")};
    RunTally first = write(target, aJob(), source, rows);
    assertThat(first.inserted()).isEqualTo(1);
    String there = state();
    // what the column would round or read in another form is rejected before it is written
    assertThat(there).endsWith(first.skipped() == 0 ? "last" : "first");

    for (int run = 0; run < 3; run++) {
      RunTally again = write(target, aJob(), source, rows);
      assertThat(again.updated()).as("updated in rerun %d", run).isZero();
      assertThat(state()).isEqualTo(there);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void come_to_the_same_in_batches_of_one(Case keys) {
    create(keys);
    List<Column> source = columns("id", keys.source, "note", "text");
    TargetSide target = keys.packed ? new PackingSide(side) : side;
    Row[] rows = {row(keys.first, "first"), row(keys.second, "last")};
    write(target, aJob(), source, rows);
    String together = state();
    side.execute("truncate analytics.orders");

    write(target, aJob(), source, rows[0]);
    write(target, aJob(), source, rows[1]);

    assertThat(state()).isEqualTo(together);
  }

  @Test
  void a_key_that_is_spelt_anew_at_the_source_is_spelt_anew_in_the_target() {
    side.execute("create table analytics.orders (id citext primary key, note text)");
    List<Column> source = columns("id", "text", "note", "text");
    write(side, aJob(), source, row("ada", "same"), row("bob", "same"));

    assertThat(write(side, aJob(), source, row("Ada", "same"), row("bob", "same")))
        .isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
    assertThat(state()).isEqualTo("Ada:same,bob:same");
    assertThat(write(side, aJob(), source, row("Ada", "same"), row("bob", "same")).unchanged())
        .isEqualTo(2);
  }

  @Test
  void a_key_keeps_its_spelling_where_the_target_keeps_its_rows() {
    side.execute("create table analytics.orders (id citext primary key, note text)");
    List<Column> source = columns("id", "text", "note", "text");
    write(side, aJob(), source, row("ada", "first"));

    write(
        side,
        aJob().appending(),
        source,
        row("Ada", "x"),
        row("ADA", "y"),
        row("B", "1"),
        row("b", "2"));
    write(
        side,
        aJob().onConflict(new ConflictPolicy.TargetWins()),
        source,
        row("aDA", "x"),
        row("C", "1"),
        row("c", "2"));
    assertThat(state()).isEqualTo("ada:first,B:1,C:1");

    write(side, aJob().updatingOnly("note"), source, row("ADA", "last"));
    assertThat(state()).isEqualTo("ada:last,B:1,C:1");
  }

  private void create(Case keys) {
    side.execute(
        "create table analytics.orders (id %s primary key, note text)".formatted(keys.target));
  }

  private static RunTally write(TargetSide side, JobFixture job, List<Column> source, Row... rows) {
    try (var run = ActiveRun.begin(side, job.build(), source)) {
      return run.commit(rows);
    }
  }

  private String state() {
    return side.value(
        "select coalesce(string_agg(id || ':' || note, ',' order by id), '') from analytics.orders");
  }
}
