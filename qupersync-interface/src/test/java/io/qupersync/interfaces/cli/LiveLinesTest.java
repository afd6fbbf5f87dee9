package io.qupersync.interfaces.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.run.RunId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveLinesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicInteger width = new AtomicInteger(80);
  private final LiveLines lines = new LiveLines(new PrintStream(bytes, true, UTF_8), width::get);

  private String painted() {
    String text = bytes.toString(UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void no_line_is_as_long_as_the_terminal_is_wide() {
    width.set(60);
    lines.show(new RunId(1), "x".repeat(79));
    assertThat(painted().strip()).hasSize(59).endsWith("..");
  }

  @Test
  void leaves_nothing_behind_when_the_terminal_has_become_narrower() {
    lines.show(new RunId(1), "x".repeat(70));
    lines.show(new RunId(2), "y".repeat(20));
    painted();
    width.set(40);
    lines.show(new RunId(1), "z");
    // the first line takes two rows by now, the second one
    assertThat(painted()).startsWith("\u001b[3A\r\u001b[J");
    lines.show(new RunId(1), "z");
    assertThat(painted()).startsWith("\u001b[2A\r\u001b[J");
  }

  @Test
  void colours_take_no_room() {
    width.set(20);
    lines.show(new RunId(1), "orders \u001b[32mok\u001b[0m");
    assertThat(painted()).contains("\u001b[32mok\u001b[0m");
  }
}
