package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.qupersync.domain.run.RunId;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.Table;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsoleTest {

  private static final GlobalOptions NONE = GlobalOptions.none();
  private static final GlobalOptions NO_COLOR =
      new GlobalOptions(Optional.empty(), false, false, false, true);

  static Stream<Arguments> screens() {
    return Stream.of(
        arguments(new Screen(true, true, true), NONE, true, true),
        arguments(new Screen(true, false, true), NONE, true, false),
        arguments(new Screen(false, true, true), NONE, false, true),
        arguments(new Screen(false, false, true), NONE, false, false),
        arguments(new Screen(true, true, false), NONE, false, false),
        arguments(new Screen(true, true, true), NO_COLOR, false, false));
  }

  @ParameterizedTest
  @MethodSource("screens")
  void shows_colours_only_to_people_who_want_them(
      Screen screen, GlobalOptions options, boolean onOut, boolean onErr) {
    var captured = CapturedConsole.of(screen, options);
    captured.console().result(Table.of("<job"));
    captured.console().message(captured.console().paintedOnErr(AnsiStyle.BAD, "error:"));
    assertThat(captured.out().contains("\u001b")).isEqualTo(onOut);
    assertThat(captured.err().contains("\u001b")).isEqualTo(onErr);
  }

  @Test
  void heeds_the_environment() {
    assertThat(Screen.of(Map.of()).colours()).isTrue();
    assertThat(Screen.of(Map.of("NO_COLOR", "")).colours()).isTrue();
    assertThat(Screen.of(Map.of("NO_COLOR", "1")).colours()).isFalse();
    assertThat(Screen.of(Map.of("TERM", "dumb"))).isEqualTo(Screen.none());
  }

  @Test
  void is_quiet_when_asked_but_never_about_errors() {
    var captured = CapturedConsole.quiet();
    captured.console().progress("half way");
    captured.console().message("lost");
    assertThat(captured.err()).isEqualTo("lost\n");
  }

  @Test
  void keeps_messages_above_the_lines_that_change() {
    var captured = CapturedConsole.terminal();
    LiveLines lines = captured.console().lines();
    lines.show(new RunId(1), "orders 10");
    lines.show(new RunId(2), "stock 20");
    lines.message("a word");
    lines.leave(new RunId(1));
    lines.leave(new RunId(2));
    String up1 = "\u001b[1A\r\u001b[J";
    String up2 = "\u001b[2A\r\u001b[J";
    assertThat(captured.err())
        .isEqualTo(
            "orders 10\n"
                + (up1 + "orders 10\nstock 20\n")
                + (up2 + "a word\norders 10\nstock 20\n")
                + (up2 + "orders 10\nstock 20\n")
                + (up1 + "stock 20\n"));
  }

  @Test
  void writes_json_as_other_tools_do() {
    var captured = CapturedConsole.json();
    captured.console().resultAsJson(java.util.List.of(Map.of("status", "success")));
    assertThat(captured.out())
        .isEqualTo(
            """
            [
              {
                "status": "success"
              }
            ]
            """);
  }

  @Test
  void writes_no_objects_as_an_empty_array() {
    var captured = CapturedConsole.json();
    captured.console().resultAsJson(java.util.List.of());
    assertThat(captured.out()).isEqualTo("[]\n");
  }
}
