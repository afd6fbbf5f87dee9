package io.qupersync.infrastructure.metrics;

import io.qupersync.domain.job.JobId;
import java.io.IOException;
import java.io.Writer;

/// The samples of one metric, one for each job or more. A family without samples leaves no trace.
/// Names of jobs and our own words need no escapes.
final class MetricFamily {

  private final Writer out;
  private final String name;
  private final String head;
  private boolean isBegun;

  MetricFamily(Writer out, String name, String head) {
    this.out = out;
    this.name = name;
    this.head = head;
  }

  void sample(String suffix, JobId job, String value) throws IOException {
    begin(suffix, job);
    end(value);
  }

  void sample(String suffix, JobId job, String label, String word, String value)
      throws IOException {
    begin(suffix, job);
    out.write(",");
    out.write(label);
    out.write("=\"");
    out.write(word);
    out.write("\"");
    end(value);
  }

  private void begin(String suffix, JobId job) throws IOException {
    if (!isBegun) {
      isBegun = true;
      out.write(head);
    }
    out.write(name);
    out.write(suffix);
    out.write("{job=\"");
    out.write(job.value());
    out.write("\"");
  }

  private void end(String value) throws IOException {
    out.write("} ");
    out.write(value);
    out.write("\n");
  }
}
