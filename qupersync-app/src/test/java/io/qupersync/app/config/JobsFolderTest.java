package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jobs.d beside the file. */
class JobsFolderTest {

  private static final String JOB =
      "{ source: { table: t }, target: t, key: id, share_target: true }";

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void a_file_without_built_in_jobs() {
    qupersync =
        new ConfigurationFixture(directory)
            .with(ConfigurationFixture.wholeEnvironment())
            .yaml("builtin_jobs: false\njobs: { first: %s }".formatted(JOB));
  }

  @Test
  void adds_its_jobs_file_by_file() {
    qupersync
        .file("jobs.d/b.yaml", "jobs: { third: %s }".formatted(JOB))
        .file("jobs.d/a.yaml", "jobs: { second: %s }".formatted(JOB))
        .file("jobs.d/README", "not read");

    assertThat(qupersync.loaded().jobs().all())
        .extracting(job -> job.id().value())
        .containsExactly("first", "second", "third");
  }

  @Test
  void overrides_built_in_jobs_too() {
    qupersync
        .yaml("log: text")
        .file("jobs.d/a.yaml", "jobs: { table_stats_sync: { batch_size: 5 } }");

    assertThat(qupersync.job("table_stats_sync").limits().batchSize()).isEqualTo(5);
  }

  @Test
  void finds_a_name_given_twice_and_names_both_places() {
    qupersync
        .file("jobs.d/a.yaml", "jobs:\n  other: %s\n  first: %s\n".formatted(JOB, JOB))
        .file("jobs.d/b.yaml", "jobs:\n  other: %s\n".formatted(JOB));

    assertThat(qupersync.problems())
        .containsExactly(
            "jobs.d/a.yaml:3:3: job 'first' is defined twice, first at qupersync.yaml:2:9; keep one",
            "jobs.d/b.yaml:2:3: job 'other' is defined twice, first at jobs.d/a.yaml:2:3; keep one");
  }

  @Test
  void tells_problems_with_the_file_they_are_in() {
    qupersync
        .file("jobs.d/a.yaml", "source: { host: x }\njobs: { a: { sourc: 1 } }\n")
        .file("jobs.d/b.yaml", "jobs: [")
        .file("jobs.d/c.yml", "jobs: {}");

    assertThat(qupersync.problems())
        .anyMatch(line -> line.equals("jobs.d/a.yaml:1:1: unknown key 'source'; there are jobs"))
        .anyMatch(
            line -> line.equals("jobs.d/a.yaml:2:14: unknown key 'sourc'; did you mean 'source'?"))
        .anyMatch(line -> line.startsWith("jobs.d/b.yaml:1:8: this is not YAML: "))
        .anyMatch(
            line -> line.equals("jobs.d/c.yml: only *.yaml is read here; rename it to end so"));
  }

  @Test
  void lies_beside_the_file_wherever_that_is() {
    qupersync
        .file("etc/my.yaml", "builtin_jobs: false\ntarget: { password: \"${file:pw}\" }")
        .file("etc/pw", "from-beside\n")
        .file("etc/jobs.d/x.yaml", "jobs: { x: %s }".formatted(JOB));

    LoadResult loadResult = qupersync.loader().load(Path.of("etc/my.yaml"));

    Configuration configuration = ((LoadResult.Done) loadResult).configuration();
    assertThat(configuration.jobs().all()).hasSize(1);
    assertThat(configuration.target().password().reveal()).isEqualTo("from-beside");
  }
}
