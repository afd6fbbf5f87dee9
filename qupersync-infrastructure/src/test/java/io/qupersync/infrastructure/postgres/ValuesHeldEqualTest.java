package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.BatchStep;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A value that changes at the source to one that PostgreSQL holds equal, and that reads
/// differently, arrives by each way into a target; one that stays as it is is not written again.
class ValuesHeldEqualTest {

  /// How the rows come to the target.
  enum Way {
    AT_ONCE,
    STAGED,
    SPLIT,
    REPLAYED,
    MIRRORED,
    PACKED,
    PARTITIONED,
    BESIDE_A_TRIGGER,
    WITH_A_KEY_THAT_REPEATS,
    MERGING,
    THE_LATEST
  }

  /// Types of which a batch may go as arrays, and the others.
  enum Types {
    KNOWN,
    JUDGED_BY_POSTGRESQL
  }

  /// @param cells that PostgreSQL holds equal, or that it cannot compare
  record Case(String source, String target, Object... cells) {

    Object cell(int round) {
      return cells[round % cells.length];
    }
  }

  private static PostgresSide side;

  @BeforeAll
  static void open() {
    side = PostgresSide.open();
    for (String extension : List.of("citext", "hstore", "cube")) {
      side.execute("create extension " + extension + " schema public");
    }
    side.execute(
        """
        create schema analytics;
        create collation public.lenient (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        create type public.pair as (a numeric, b double precision);
        create domain public.amount as numeric;
        create domain public.share as double precision check (value < 10);
        create domain public.part as public.share;
        create domain public.amounts as numeric[];
        create domain public.word as text collate public.lenient;
        create domain public.name as public.citext;
        create domain public.document as jsonb;
        create domain public.couple as public.pair;
        create domain public.span as numrange;
        """);
  }

  @AfterAll
  static void close() {
    side.close();
  }

  private static Case text(String target, Object... cells) {
    return new Case("text", target, cells);
  }

  private static List<Case> cases(Types types) {
    return switch (types) {
      case KNOWN -> known();
      case JUDGED_BY_POSTGRESQL -> judged();
    };
  }

  private static List<Case> known() {
    return List.of(
        new Case("numeric", "numeric", decimal("1.5"), decimal("1.50"), decimal("1.500")),
        new Case("numeric(20,6)", "numeric", decimal("0"), decimal("0.00")),
        new Case("numeric", "public.amount", decimal("1.5"), decimal("1.50")),
        new Case("double precision", "double precision", 0.0, -0.0, Double.NaN),
        new Case("double precision", "public.share", 0.0, -0.0),
        new Case("double precision", "public.part", 0.0, -0.0),
        new Case("real", "real", 0.0f, -0.0f),
        new Case("interval", "interval", "24:00:00", "1 day"),
        new Case("interval", "interval(3)", "1 mon", "30 days"),
        new Case("timetz", "timetz", "10:00:00+00", "11:00:00+01"),
        new Case("time", "time", "24:00:00", "00:00:00"),
        text("jsonb", "{\"a\": 1.0}", "{\"a\": 1.00}", "{\"a\": 1}"),
        text("public.document", "{\"a\": 1.0}", "{\"a\": 1.00}"),
        text("json", "{\"a\":1}", "{\"a\": 1}"),
        text("text collate public.lenient", "ada", "Ada"),
        text("public.word", "ada", "Ada"),
        new Case("varchar(20)", "varchar(20) collate public.lenient", "ada", "Ada"),
        new Case("varchar(5)", "char(5) collate public.lenient", "ada  ", "Ada  "),
        text("text collate \"C\"", "ada", "Ada"));
  }

  private static List<Case> judged() {
    return List.of(
        text("xml", "<a/>", "<a></a>"),
        text("point", "(0,0)", "(-0,0)"),
        text("box", "(1,1),(0,0)", "(2,2),(1,1)"),
        text("circle", "<(0,0),1>", "<(5,5),1>"),
        text("path", "((0,0),(1,1))", "((0,0),(2,2))"),
        text("inet", "10.0.0.1", "10.0.0.1/8"),
        text("bpchar", "a", "a ", "a  "),
        text("public.citext", "ada", "Ada", "ADA"),
        text("public.name", "ada", "Ada"),
        text("numeric[]", "{1.5}", "{1.50}", "{1.500,NULL}"),
        text("double precision[]", "{0}", "{-0}"),
        text("interval[]", "{24:00:00}", "{\"1 day\"}"),
        text("public.citext[]", "{ada}", "{Ada}"),
        text("jsonb[]", "{[1.0]}", "{[1.00]}"),
        text("json[]", "{[1]}", "{\"[1 ]\"}"),
        text("public.amount[]", "{1.5}", "{1.50}"),
        text("public.amounts", "{1.5}", "{1.50}"),
        text("public.pair", "(1.5,0)", "(1.50,0)", "(1.50,-0)", "(,-0)"),
        text("public.couple", "(1.5,0)", "(1.50,0)"),
        text("public.pair[]", "{\"(1.5,0)\"}", "{\"(1.50,0)\"}"),
        text("numrange", "[1.5,2]", "[1.50,2]"),
        text("public.span", "[1.5,2]", "[1.50,2]"),
        text("nummultirange", "{[1.5,2]}", "{[1.50,2]}"),
        text("public.cube", "(0)", "(-0)"));
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  static Stream<Arguments> waysAndTypes() {
    return Stream.of(Way.values())
        .flatMap(way -> Stream.of(Types.values()).map(types -> Arguments.of(way, types)));
  }

  /// One row for each case, in which nothing but its own column ever changes.
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("waysAndTypes")
  void arrive_as_they_are_written(Way way, Types types) {
    List<Case> cases = cases(types);
    create(way, cases);
    for (int round = 0; round < 5; round++) {
      int now = round;
      List<Object> cells = cases.stream().map(one -> one.cell(now)).toList();

      write(way, cases, cells);

      assertThat(stored(cases)).isEqualTo(read(cases, cells));
      List<String> places = places();
      RunTally again = write(way, cases, cells);
      assertThat(places()).as("rows that stayed as they were").isEqualTo(places);
      assertThat(again.updated()).isZero();
      assertThat(again.unchanged()).isEqualTo(cases.size());
    }
  }

  /// Long values lie beside the table, compressed.
  @ParameterizedTest
  @EnumSource(names = {"AT_ONCE", "STAGED", "MIRRORED"})
  void arrive_however_long_they_are(Way way) {
    List<Case> one = List.of(text("jsonb"));
    create(way, one);
    String many = String.join(", ", Collections.nCopies(20_000, "1.0"));
    String random =
        IntStream.range(0, 4000)
            .mapToObj(i -> Long.toString(i * 0x9E3779B97F4A7C15L, 36))
            .reduce("", String::concat);
    String before = "{\"a\": [%s], \"b\": \"%s\"}".formatted(many, random);
    String after = before.replaceFirst("1\\.0", "1.00");

    for (String cell : List.of(before, after, before)) {
      write(way, one, List.of(cell));
      assertThat(stored(one).equals(List.of(cell))).isTrue();
      List<String> places = places();

      assertThat(write(way, one, List.of(cell)).updated()).isZero();
      assertThat(places()).isEqualTo(places);
    }
  }

  private static void create(Way way, List<Case> cases) {
    side.execute("drop schema analytics cascade; create schema analytics");
    side.execute("truncate quper.dead_letters");
    String columns =
        IntStream.range(0, cases.size())
            .mapToObj(i -> ", c%d %s".formatted(i, cases.get(i).target()))
            .collect(Collectors.joining());
    side.execute(
        "create table analytics.orders (id bigint primary key check (id >= 0), seq bigint%s)%s"
            .formatted(columns, way == Way.PARTITIONED ? " partition by range (id)" : ""));
    if (way == Way.PARTITIONED) {
      side.execute("create table analytics.all partition of analytics.orders default");
    }
    if (way == Way.BESIDE_A_TRIGGER) {
      side.execute(
          """
          create function analytics.pass() returns trigger language plpgsql as $$begin return new; end$$;
          create trigger pass before insert or update on analytics.orders for each row execute function analytics.pass()\
          """);
    }
    side.execute("insert into analytics.orders (id) values (700)");
  }

  private static RunTally write(Way way, List<Case> cases, List<Object> cells) {
    TargetSide target = way == Way.PACKED ? new PackingSide(side) : side;
    List<Row> rows = IntStream.range(0, cells.size()).mapToObj(i -> cell(i, cells)).toList();
    Row broken = new Row(Stream.concat(Stream.of(-1L), nulls(cells.size() + 1)).toArray());
    try (var run = ActiveRun.begin(target, job(way).build(), source(cases))) {
      return switch (way) {
        case AT_ONCE, PACKED, PARTITIONED, BESIDE_A_TRIGGER, MERGING, THE_LATEST ->
            run.commit(array(rows));
        case STAGED -> {
          run.commit(broken);
          yield run.commit(array(rows));
        }
        case SPLIT -> run.commit(array(List.of(broken), rows));
        case REPLAYED ->
            run.commit(new BatchStep(1, Optional.empty(), List.of(4711L)), array(rows));
        case MIRRORED -> {
          RunTally tally = run.commit(array(rows));
          run.deleteUnseen();
          yield tally;
        }
        case WITH_A_KEY_THAT_REPEATS -> run.commit(array(List.of(rows.getFirst()), rows));
      };
    }
  }

  private static List<Column> source(List<Case> cases) {
    var columns = new ArrayList<>(columns("id", "bigint", "seq", "bigint"));
    for (int i = 0; i < cases.size(); i++) {
      columns.addAll(columns("c" + i, cases.get(i).source()));
    }
    return columns;
  }

  private static Row cell(int index, List<Object> cells) {
    @Nullable Object[] row = new Object[2 + cells.size()];
    row[0] = (long) index;
    row[1] = 1L;
    row[2 + index] = cells.get(index);
    return new Row(row);
  }

  private static Stream<Object> nulls(int count) {
    return Stream.generate(() -> (Object) null).limit(count);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static Row[] array(List<Row>... parts) {
    return Arrays.stream(parts).flatMap(List::stream).toArray(Row[]::new);
  }

  private static JobFixture job(Way way) {
    return switch (way) {
      case MIRRORED -> aJob().mirroring();
      case MERGING -> aJob().onConflict(new ConflictPolicy.Merge());
      case THE_LATEST -> aJob().onConflict(new ConflictPolicy.LatestWins("seq"));
      default -> aJob();
    };
  }

  /// Of each row the one cell that it has.
  private static List<String> stored(List<Case> cases) {
    String cell =
        IntStream.range(0, cases.size())
            .mapToObj("format('%%s', c%d)"::formatted)
            .collect(Collectors.joining(", "));
    return side
        .query(
            "select concat(%s) as cell from analytics.orders where id < 700 order by id"
                .formatted(cell))
        .stream()
        .map(row -> row.get("cell").orElseThrow())
        .toList();
  }

  /// Where the rows lie: elsewhere, once they are written again.
  private static List<String> places() {
    return side.query("select id, ctid, xmin from analytics.orders order by id").stream()
        .map(Object::toString)
        .toList();
  }

  private static List<String> read(List<Case> cases, List<Object> cells) {
    String texts =
        IntStream.range(0, cases.size())
            .mapToObj(i ->
                "(%d, format('%%s', '%s'::%s))"
                    .formatted(
                        i,
                        cells.get(i) instanceof BigDecimal number
                            ? number.toPlainString()
                            : cells.get(i),
                        cases.get(i).target().replaceFirst(" collate .*", "")))
            .collect(Collectors.joining(", "));
    return side
        .query("select cell from (values %s) as v (i, cell) order by i".formatted(texts))
        .stream()
        .map(row -> row.get("cell").orElseThrow())
        .toList();
  }
}
