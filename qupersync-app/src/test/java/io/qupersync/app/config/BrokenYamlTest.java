package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenYamlTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void a_whole_environment() {
    qupersync = new ConfigurationFixture(directory).with(ConfigurationFixture.wholeEnvironment());
  }

  private String problem(String yaml) {
    var problems = qupersync.yaml(yaml).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @Test
  void tells_of_tabs() {
    assertThat(problem("source:\n\thost: a\n"))
        .isEqualTo("qupersync.yaml:2:1: a tab cannot indent YAML; use spaces");
  }

  @Test
  void points_at_what_cannot_be_read() {
    assertThat(problem("source: { host: a\ntarget: b\n"))
        .startsWith("qupersync.yaml:2:7: this is not YAML: ")
        .endsWith("; check indentation, quotes and brackets here and above");
    assertThat(problem("source:\n  host: a\n port: 5\n")).startsWith("qupersync.yaml:3:2: ");
    assertThat(problem("source: \"a")).startsWith("qupersync.yaml:1:11: this is not YAML: ");
    assertThat(problem("source: @a")).startsWith("qupersync.yaml:1:9: this is not YAML: ");
  }

  @Test
  void asks_for_quotes_around_a_reference_between_braces() {
    assertThat(problem("source: { host: ${HOST}, port: 5 }\n"))
        .startsWith("qupersync.yaml:1:18: this is not YAML: ")
        .endsWith("; between braces, quote a value with a reference: \"${NAME}\"");
    assertThat(
            qupersync
                .with("HOST", "h")
                .yaml("source: { host: \"${HOST}\" }\n")
                .loaded()
                .source()
                .host()
                .orElseThrow())
        .isEqualTo("h");
  }

  @Test
  void finds_a_key_that_is_given_twice() {
    assertThat(problem("log: text\nmigrate: true\nlog: json\n"))
        .isEqualTo("qupersync.yaml:3:1: key 'log' is given twice, first in line 1; remove one");
  }

  @Test
  void reads_an_empty_file_as_nothing() {
    assertThat(qupersync.yaml("").loaded().jobs().all()).hasSize(8);
    assertThat(qupersync.yaml("# only a comment\n---\n").loaded().jobs().all()).hasSize(8);
    assertThat(qupersync.yaml("\uFEFFlog: json\n").loaded().log()).isEqualTo(LogFormat.JSON);
  }

  @Test
  void holds_keys() {
    assertThat(problem("- a\n"))
        .isEqualTo("qupersync.yaml:1:1: a configuration holds keys, such as 'source:' and 'jobs:'");
    assertThat(problem("? [a]\n: b\n"))
        .isEqualTo("qupersync.yaml:1:3: a key is a single word; write 'key: value'");
  }

  @Test
  void holds_one_document() {
    assertThat(problem("log: text\n---\nlog: json\n"))
        .isEqualTo("qupersync.yaml:2:1: one file holds one document; remove this '---'");
  }

  @Test
  void knows_no_tags_and_no_merge_keys() {
    assertThat(problem("log: !!js/undefined text\n")).contains("unknown tag");
    assertThat(problem("defaults: &d { interval: 5m }\nserver: { <<: *d }\n"))
        .isEqualTo("qupersync.yaml:2:11: YAML 1.2 has no merge keys; write the keys out");
  }

  @Test
  void follows_aliases() {
    assertThat(
            qupersync
                .yaml(
                    """
                    defaults: { retry: &retry { max_retries: 7 } }
                    jobs:
                      a: { source: { table: a }, target: a, key: id, retry: *retry }
                    """)
                .job("a")
                .limits()
                .retry()
                .maxRetries())
        .isEqualTo(7);
    assertThat(problem("log: *nothing\n")).contains("no anchor '&nothing' stands before this");
    assertThat(problem("defaults: &d { retry: *d }\n")).contains("no anchor '&d' stands before");
  }

  @Test
  void is_not_overrun_by_aliases() {
    var laughs = new StringBuilder("jobs:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("  a%d: &a%d [".formatted(i, i));
      laughs.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }

    assertThat(qupersync.yaml(laughs.toString()).problems())
        .anyMatch(line -> line.contains("more than 200000 values, aliases included"));
  }

  @Test
  void is_not_overrun_by_depth() {
    assertThat(problem("log: " + "[".repeat(100_000) + "]".repeat(100_000) + "\n"))
        .isEqualTo("qupersync.yaml:1:55: nested more than 50 levels deep");
  }

  @Test
  void is_not_overrun_by_size() {
    assertThat(problem("# " + "x".repeat(1024 * 1024)))
        .isEqualTo("qupersync.yaml: is larger than 1 MB; move jobs to files in jobs.d/");
  }

  @Test
  void is_text() throws IOException {
    Files.write(directory.resolve("qupersync.yaml"), new byte[] {'a', (byte) 0xff, ':'});

    assertThat(qupersync.problems())
        .containsExactly("qupersync.yaml: is not UTF-8 text; save it in that encoding");
    assertThat(problem("log: \u0001\n")).startsWith("qupersync.yaml:1:1: this is not YAML: ");
  }

  @Test
  void takes_a_key_without_a_value_for_one_that_is_missing() {
    qupersync.yaml("source:\n  host:\n  port: ~\nlog: null\n");

    assertThat(qupersync.loaded().source().host()).hasValue("redshift.example");
    assertThat(qupersync.without("REDSHIFT_HOST").problems())
        .containsExactly(
            "qupersync.yaml:1:1: source.host is missing; write it, or set REDSHIFT_HOST");
  }

  @Test
  void puts_together_a_type_that_yaml_splits_at_its_comma() {
    qupersync.yaml(
        """
        jobs:
          a:
            source: { table: a }
            target: a
            key: id
            columns:
              amount: { type: numeric(18, 4), required: true }
              share: { required: true, type: numeric(5,2) }
              whole: { type: "numeric(9,1)" }
        """);

    assertThat(qupersync.job("a").columns().rules())
        .extracting(rule -> rule.type().orElseThrow().sql() + rule.required())
        .containsExactly("numeric(18,4)true", "numeric(5,2)true", "numeric(9,1)false");
    assertThat(problem("source: { host: a(b, prt: 5 }\n"))
        .isEqualTo("qupersync.yaml:1:22: unknown key 'prt'; did you mean 'port'?");
  }
}
