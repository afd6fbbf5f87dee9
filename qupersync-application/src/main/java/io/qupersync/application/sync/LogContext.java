package io.qupersync.application.sync;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Names the job and the run that a thread works for in every line it logs, whoever logs it: `job`
/// and `run` in SLF4J's diagnostic context. A run has several threads, so what it starts inherits.
final class LogContext implements AutoCloseable {

  private static final String JOB = "job";
  private static final String RUN = "run";

  private final @Nullable Map<String, String> before = MDC.getCopyOfContextMap();

  private LogContext() {}

  /// For the time of a try block.
  static LogContext of(JobId job) {
    var context = new LogContext();
    MDC.put(JOB, job.value());
    return context;
  }

  static LogContext of(JobId job, RunId run) {
    LogContext context = of(job);
    MDC.put(RUN, run.toString());
    return context;
  }

  /// The same work for another thread, which logs under this thread's names.
  static Runnable inherited(Runnable work) {
    Map<String, String> names = MDC.getCopyOfContextMap();
    return () -> {
      restore(names);
      work.run();
    };
  }

  private static void restore(@Nullable Map<String, String> names) {
    if (names == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(names);
    }
  }

  @Override
  public void close() {
    restore(before);
  }
}
