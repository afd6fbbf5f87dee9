package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** `${NAME}`, `${NAME:-default}`, `${file:…}`. */
class ReferencesTest {

  private static final String HOST_AND_PORT =
      """
      source: { host: "%s", port: "%s", database: d, user: u, password: "%s" }
      target: { host: t, database: d, user: u, password: p }
      """;

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  private SourceConfig source(String host, String port, String password) {
    return qupersync.yaml(HOST_AND_PORT.formatted(host, port, password)).loaded().source();
  }

  private String problem(String host) {
    var problems = qupersync.yaml(HOST_AND_PORT.formatted(host, "1", "p")).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @Test
  void take_values_from_the_environment() {
    qupersync.with("CLUSTER", "c1").with("PORT", "15439").with("SECRET", "a: {b}, #c\n'd");

    SourceConfig source = source("${CLUSTER}.${REGION:-eu}.example", "${PORT}", "${SECRET}");

    assertThat(source.host()).hasValue("c1.eu.example");
    assertThat(source.port()).isEqualTo(15439);
    assertThat(source.login().password().reveal()).isEqualTo("a: {b}, #c\n'd");
  }

  @Test
  void fall_back_when_the_variable_is_empty_too() {
    qupersync.with("H", "");

    assertThat(source("${H:-other}", "1", "p").host()).hasValue("other");
  }

  @Test
  void read_secret_files_and_drop_the_last_line_break() {
    qupersync
        .file("secrets/one", "first\n")
        .file("secrets/two", "second\r\n")
        .file("three", "3\n\n");

    assertThat(source("h", "1", "${file:secrets/one}").login().password().reveal())
        .isEqualTo("first");
    assertThat(source("h", "1", "${file:secrets/two}").login().password().reveal())
        .isEqualTo("second");
    assertThat(source("h", "1", "${file:three}").login().password().reveal()).isEqualTo("3\n");
    assertThat(
            source("h", "1", "${file:" + directory.resolve("secrets/one") + "}")
                .login()
                .password()
                .reveal())
        .isEqualTo("first");
  }

  @Test
  void are_not_searched_for_references() {
    qupersync.with("A", "${B}").with("B", "b");

    assertThat(source("${A}", "1", "p").host()).hasValue("${B}");
  }

  @Test
  void are_written_out_with_a_second_dollar() {
    assertThat(source("a$${b}c", "1", "p").host()).hasValue("a${b}c");
    assertThat(source("a$b$", "1", "p").host()).hasValue("a$b$");
  }

  @Test
  void miss_a_variable_at_its_position() {
    assertThat(problem("${REDSHFT}"))
        .isEqualTo(
            "qupersync.yaml:1:17: the environment has no variable REDSHFT; set it, or write"
                + " ${REDSHFT:-default}");
  }

  @Test
  void miss_a_file_at_its_position() {
    assertThat(problem("${file:/run/secrets/none}"))
        .isEqualTo(
            "qupersync.yaml:1:17: file /run/secrets/none cannot be read (no such file); check its path"
                + " and permissions");
    qupersync.file("big", "x".repeat(70_000));
    assertThat(problem("${file:big}")).contains("file big is larger than 64 kB");
  }

  @Test
  void refuse_a_file_without_an_end_and_what_is_no_file() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(10, TimeUnit.SECONDS))
        .isTrue();

    assertThat(problem("${file:pipe}"))
        .contains("file pipe cannot be read (is no regular file); check its path");
    assertThat(problem("${file:/dev/zero}"))
        .contains("file /dev/zero cannot be read (is no regular file)");
    assertThat(problem("${file:/dev/stdin}")).contains("cannot be read");
    assertThat(problem("${file:.}")).contains("file . cannot be read (is no regular file)");
    // a file that tells no size
    assertThat(problem("${file:/proc/kallsyms}")).contains("cannot be read (is larger than 64 KB)");
  }

  @Test
  void warn_of_a_file_that_everybody_may_read() throws Exception {
    qupersync.file("open", "1").file("closed", "2");
    Files.setPosixFilePermissions(
        directory.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        directory.resolve("closed"), PosixFilePermissions.fromString("rw-------"));
    Files.writeString(
        directory.resolve("q.yaml"),
        "source: { host: h, password: \"${file:open}\" }\ntarget: { password: \"${file:closed}\" }");
    var loader = new ConfigurationLoader(Map.of(), directory);

    var _ = loader.load(Path.of("q.yaml"));

    assertThat(loader.warnings())
        .containsExactly(
            "file open may be read by everybody on this machine; if it holds a secret: chmod o-r open");
  }

  @Test
  void must_be_well_formed() {
    assertThat(problem("${HOST"))
        .endsWith("a reference is left open: close it with '}', or write $${ for ${");
    assertThat(problem("${MY HOST}"))
        .endsWith(
            "'${MY HOST}' is no reference; write ${NAME}, ${NAME:-default} or ${file:/path}, and"
                + " $${ for a plain ${");
    assertThat(problem("${A:-${B}}")).contains("a reference cannot hold another one");
  }

  @Test
  void never_show_what_they_stand_for() {
    qupersync.with("SECRET", "hunter2");

    assertThat(qupersync.yaml(HOST_AND_PORT.formatted("h", "${SECRET}", "p")).problems())
        .containsExactly(
            "qupersync.yaml:1:28: source.port: '${SECRET}' is no whole number; write 1 to 65535");
    assertThat(
            qupersync
                .yamlWithDatabases(
                    "jobs: { x: { source: { table: a }, target: t, key: id, conflict: \"latest-wins(${SECRET})\","
                        + " schedule: { every: \"${SECRET}\" }, columns: { a: { type: \"${SECRET}(\" } } } }")
                .problems()
                .toString())
        .contains("'${SECRET}' is no duration")
        .doesNotContain("hunter2");
  }
}
