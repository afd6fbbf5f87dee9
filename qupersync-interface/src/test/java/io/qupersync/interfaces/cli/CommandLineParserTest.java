package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.qupersync.application.sync.RunRequest.Deletes;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.table.TableRef;
import io.qupersync.interfaces.cli.ParsedLine.Call;
import io.qupersync.interfaces.cli.ParsedLine.Information;
import io.qupersync.interfaces.cli.ParsedLine.UsageError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineParserTest {

  private static final JobId ORDERS = new JobId("orders");

  private static final GlobalOptions NONE = GlobalOptions.none();

  static Stream<Arguments> commands() {
    return Stream.of(
        arguments("run orders", run(named("orders"), new Scope.Ordinary())),
        arguments("run orders customers", run(named("orders", "customers"), new Scope.Ordinary())),
        arguments("run --all", run(new JobChoice.All(), new Scope.Ordinary())),
        arguments("run --all --full", run(new JobChoice.All(), new Scope.Full())),
        arguments("run --full orders", run(named("orders"), new Scope.Full())),
        arguments(
            "run orders --from 2026-01-01 --to=2026-02-01",
            run(named("orders"), backfill("2026-01-01", "2026-02-01"))),
        arguments("run orders --from 1", run(named("orders"), backfill("1", null))),
        arguments("run orders --to 1", run(named("orders"), backfill(null, "1"))),
        arguments(
            "run stock --allow-deletes",
            new Command.Run(named("stock"), new Scope.Ordinary(), Deletes.ALLOWED)),
        arguments("plan", new Command.Plan(new JobChoice.All())),
        arguments("plan orders", new Command.Plan(named("orders"))),
        arguments("validate", new Command.Validate()),
        arguments("jobs", new Command.Jobs()),
        arguments("status", new Command.Status(Optional.empty())),
        arguments("status orders", new Command.Status(Optional.of(new JobId("orders")))),
        arguments("runs", new Command.Runs(Optional.empty(), 20)),
        arguments(
            "runs --job orders --limit 5", new Command.Runs(Optional.of(new JobId("orders")), 5)),
        arguments("watermark show orders", new Command.WatermarkShow(new JobId("orders"))),
        arguments("watermark set orders 5", new Command.WatermarkSet(ORDERS, List.of("5"))),
        arguments("watermark set orders 5 6", new Command.WatermarkSet(ORDERS, List.of("5", "6"))),
        arguments("watermark reset orders", new Command.WatermarkReset(ORDERS)),
        arguments("verify", new Command.Verify(new JobChoice.All(), false)),
        arguments("verify orders --repair", new Command.Verify(named("orders"), true)),
        arguments("explain orders --key 5", new Command.Explain(ORDERS, List.of("5"))),
        arguments(
            "explain orders --key a,b --key c", new Command.Explain(ORDERS, List.of("a,b", "c"))),
        arguments("dead-letters list orders", new Command.DeadLettersList(ORDERS, 100)),
        arguments("dead-letters list orders --limit 5", new Command.DeadLettersList(ORDERS, 5)),
        arguments("dead-letters replay orders", new Command.DeadLettersReplay(ORDERS)),
        arguments("dead-letters discard orders", new Command.DeadLettersDiscard(ORDERS)),
        arguments("preview orders", new Command.Preview(ORDERS, 10)),
        arguments("preview orders --limit 3", new Command.Preview(ORDERS, 3)),
        arguments("check", new Command.Check()),
        arguments("discover", new Command.Discover("*")),
        arguments("discover sales.*", new Command.Discover("sales.*")),
        arguments("discover --job sales.orders", new Command.Draft(TableRef.of("sales", "orders"))),
        arguments("discover --job orders", new Command.Draft(TableRef.of("public", "orders"))),
        arguments("serve", new Command.Serve()),
        arguments("migrate", new Command.Migrate()),
        arguments("version", new Command.Version()),
        arguments("--version", new Command.Version()),
        arguments("-V", new Command.Version()),
        arguments("demo", new Command.Demo(false, 1)),
        arguments("demo --once --scale 10", new Command.Demo(true, 10)),
        arguments("drill", new Command.Drill(OptionalInt.empty(), List.of(), OptionalLong.empty())),
        arguments(
            "drill --rounds 3 --only sigkill,sigstop --seed -7",
            new Command.Drill(
                OptionalInt.of(3), List.of("sigkill", "sigstop"), OptionalLong.of(-7))),
        arguments(
            "bench",
            new Command.Bench(
                OptionalLong.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        arguments(
            "bench --rows 20000 --rounds 1 --only a,c --write docs",
            new Command.Bench(
                OptionalLong.of(20_000),
                OptionalInt.of(1),
                List.of("a", "c"),
                Optional.of(Path.of("docs")),
                Optional.empty(),
                Optional.empty())),
        arguments(
            "bench --against public.orders --key region,id",
            new Command.Bench(
                OptionalLong.empty(),
                OptionalInt.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    new Command.Bench.OwnTable("public.orders", List.of("region", "id"))))));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void understands(String line, Command expected) {
    assertThat(parse(line)).isEqualTo(new Call(expected, NONE));
  }

  static Stream<Arguments> options() {
    var config = Optional.of(Path.of("my.yaml"));
    return Stream.of(
        arguments("--json jobs", new GlobalOptions(Optional.empty(), true, false, false, false)),
        arguments("jobs --json", new GlobalOptions(Optional.empty(), true, false, false, false)),
        arguments(
            "--json jobs --json", new GlobalOptions(Optional.empty(), true, false, false, false)),
        arguments("-v jobs -q", new GlobalOptions(Optional.empty(), false, true, true, false)),
        arguments(
            "jobs --verbose --quiet",
            new GlobalOptions(Optional.empty(), false, true, true, false)),
        arguments(
            "jobs --no-color", new GlobalOptions(Optional.empty(), false, false, false, true)),
        arguments("-c my.yaml jobs", new GlobalOptions(config, false, false, false, false)),
        arguments("jobs --config my.yaml", new GlobalOptions(config, false, false, false, false)),
        arguments("jobs --config=my.yaml", new GlobalOptions(config, false, false, false, false)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void takes_options_before_and_after_the_command(String line, GlobalOptions expected) {
    assertThat(parse(line)).isEqualTo(new Call(new Command.Jobs(), expected));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("rnu", "unknown command 'rnu'; did you mean 'run'?"),
        arguments("stat", "unknown command 'stat'; did you mean 'status'?"),
        arguments("frobnicate", "unknown command 'frobnicate'; see 'qupersync --help'"),
        arguments("run --ful x", "unknown option '--ful'; did you mean '--full'?"),
        arguments("run x --jsno", "unknown option '--jsno'; did you mean '--json'?"),
        arguments(
            "run x --frobnicate", "unknown option '--frobnicate'; see 'qupersync run --help'"),
        arguments(
            "run", "name the jobs to run, or say --all for every job; see 'qupersync run --help'"),
        arguments("run --all x", "name jobs or say --all, not both; see 'qupersync run --help'"),
        arguments(
            "run x --full --from 1",
            "--full reads everything, so --from and --to say nothing beside it; see 'qupersync run --help'"),
        arguments(
            "run x --full --to 1",
            "--full reads everything, so --from and --to say nothing beside it; see 'qupersync run --help'"),
        arguments(
            "run x --from",
            "missing required parameter for option '--from' (T); see 'qupersync run --help'"),
        arguments(
            "run ?",
            "a job's name is 1 to 100 letters, digits, '_', '-' or '.', was '?'; see 'qupersync run --help'"),
        arguments("jobs x", "there is one word too many, 'x'; see 'qupersync jobs --help'"),
        arguments("status x y", "there is one word too many, 'y'; see 'qupersync status --help'"),
        arguments(
            "runs --limit 0", "--limit must be 1 to 1000, was 0; see 'qupersync runs --help'"),
        arguments(
            "runs --limit 1001",
            "--limit must be 1 to 1000, was 1001; see 'qupersync runs --help'"),
        arguments(
            "runs --limit x",
            "invalid value for option '--limit': 'x' is not an int; see 'qupersync runs --help'"),
        arguments(
            "drill --rounds 0",
            "--rounds must be 1 to 100000, was 0; see 'qupersync drill --help'"),
        arguments(
            "bench --rounds 0", "--rounds must be 1 to 1000, was 0; see 'qupersync bench --help'"),
        arguments("demo --scale 0", "--scale must be 1 to 20, was 0; see 'qupersync demo --help'"),
        arguments(
            "watermark",
            "say what to do with the watermark, such as 'show JOB'; see 'qupersync watermark --help'"),
        arguments(
            "watermark show",
            "missing required parameter: 'JOB'; see 'qupersync watermark show --help'"),
        arguments(
            "watermark set x",
            "missing required parameter: 'VALUE'; see 'qupersync watermark set --help'"),
        arguments(
            "dead-letters",
            "say what to do with the dead letters, such as 'list JOB'; see 'qupersync dead-letters --help'"),
        arguments(
            "preview x --limit 0",
            "--limit must be 1 to 1000, was 0; see 'qupersync preview --help'"),
        arguments(
            "explain x", "missing required option: '--key=VALUE'; see 'qupersync explain --help'"),
        arguments(
            "discover a --job b",
            "name a pattern or a --job, not both; see 'qupersync discover --help'"),
        arguments(
            "discover --job a.b.c",
            "a table is named 'schema.table' or 'table', was 'a.b.c'; see 'qupersync discover --help'"),
        arguments("watermark shwo x", "unknown command 'shwo'; did you mean 'show'?"),
        arguments(
            "completion fish",
            "completion knows the shells bash and zsh, not 'fish'; see 'qupersync completion --help'"),
        arguments("help frobnicate", "unknown command 'frobnicate'; see 'qupersync --help'"),
        arguments("--json", "say what to do; see 'qupersync --help'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tells_a_mistake_in_one_line(String line, String message) {
    assertThat(parse(line)).isEqualTo(new UsageError(message));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "-h", "help"})
  void explains_every_command_and_exit_code(String line) {
    assertThat(information(line))
        .contains(
            "  demo  ",
            "  drill  ",
            "  bench  ",
            "  run  ",
            "  plan  ",
            "  validate  ",
            "  jobs  ",
            "  status  ",
            "  runs  ",
            "  watermark  ",
            "  verify  ",
            "  explain  ",
            "  dead-letters  ",
            "  preview  ",
            "  check  ",
            "  discover  ",
            "  migrate  ",
            "  version  ",
            "  completion  ",
            "  help  ",
            "  0   done",
            "  1   a job failed",
            "  2   wrong usage or configuration",
            "  3   a database cannot be reached",
            "  4   the job is already running",
            "qupersync demo --once");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run --help", "--help run", "help run", "run x --full --from 1 -h"})
  void explains_what_a_run_does_to_the_watermark(String line) {
    assertThat(information(line))
        .startsWith("Run jobs once")
        .contains("--full           read everything", "watermark stays where it is")
        .contains("--allow-deletes")
        .contains("Options of every command:", "--config=FILE")
        .contains("qupersync run --all --json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help",
        "help run",
        "help watermark set",
        "help demo",
        "help drill",
        "help bench",
        "help plan",
        "help verify",
        "help explain",
        "help dead-letters",
        "help dead-letters replay",
        "help preview",
        "help check",
        "help discover"
      })
  void keeps_help_narrow_enough_for_most_terminals(String line) {
    assertThat(information(line).lines()).allMatch(text -> text.length() <= 90);
  }

  @ParameterizedTest
  @ValueSource(strings = {"completion", "completion bash", "completion zsh"})
  void writes_a_completion_script(String line) {
    assertThat(information(line)).startsWith("#!/usr/bin/env bash").contains("--allow-deletes");
  }

  @Test
  void takes_a_word_that_begins_with_an_at_sign_as_it_is() {
    assertThat(parse("run x --from @noon"))
        .isEqualTo(new Call(run(named("x"), backfill("@noon", null)), NONE));
  }

  private static String information(String line) {
    assertThat(parse(line)).isInstanceOf(Information.class);
    return ((Information) parse(line)).text();
  }

  private static ParsedLine parse(String line) {
    return new CommandLineParser().parse(line.isEmpty() ? new String[0] : line.split(" "));
  }

  private static Command.Run run(JobChoice jobs, Scope scope) {
    return new Command.Run(jobs, scope, Deletes.LIMITED);
  }

  private static JobChoice named(String... jobs) {
    return new JobChoice.Named(Arrays.stream(jobs).map(JobId::new).toList());
  }

  private static Scope backfill(String from, String to) {
    return new Scope.Backfill(Optional.ofNullable(from), Optional.ofNullable(to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "serve --config my.yaml",
        "serve -c my.yaml",
        "serve --config=my.yaml",
        "serve --config=",
        "serve --config",
        "serve -c --json",
        "serve -c my.yaml --json",
        "serve my.yaml",
        "serve --help",
        "-c my.yaml serve"
      })
  void the_short_way_to_a_service_means_what_the_long_one_means(String line) {
    assertThat(parse(line)).isEqualTo(CommandLineParser.parseAny(line.split(" ")));
  }

  @Test
  void a_service_with_a_configuration_goes_the_short_way() {
    assertThat(ServeLine.of("serve", "--config", "my.yaml")).isPresent();
    assertThat(ServeLine.of("serve", "--config", "my.yaml", "--json")).isEmpty();
  }
}
