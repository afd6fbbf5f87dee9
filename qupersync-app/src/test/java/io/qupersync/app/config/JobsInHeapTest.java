package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobsInHeapTest {

  /** What `-Xmx64m` leaves where the JVM keeps a part of it for itself. */
  private static final long SMALL = 61L << 20;

  @Test
  void thousands_of_jobs_fit_the_smallest_heap() {
    assertThat(JobsInHeap.objectionTo(5_000, SMALL)).isEmpty();
  }

  @Test
  void a_few_jobs_are_never_refused() {
    assertThat(JobsInHeap.objectionTo(500, 8L << 20)).isEmpty();
  }

  @Test
  void what_is_said_of_too_many_helps() {
    assertThat(JobsInHeap.objectionTo(20_000, SMALL).orElseThrow())
        .isEqualTo(
            "20,000 jobs need a heap of about 151 MB, and this process has 61 MB; set QUPERSYNC_JAVA_OPTS=-Xmx192m (or start 'java -Xmx192m …'), or split the jobs over several files, each with a service of its own");
  }

  @Test
  void the_heap_that_is_named_is_enough() {
    for (int jobs = 1_000; jobs < 1_000_000; jobs = jobs * 3 / 2) {
      String said = JobsInHeap.objectionTo(jobs, 1L << 20).orElseThrow();
      long megabytes = Long.parseLong(said.replaceFirst(".*=-Xmx([0-9]+)m .*", "$1"));
      assertThat(JobsInHeap.objectionTo(jobs, (megabytes << 20) / 100 * 95)).isEmpty();
    }
  }
}
