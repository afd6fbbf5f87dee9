package io.qupersync.interfaces.http.view;

import java.util.List;

/// All jobs, in the order of their definition.
public record JobsView(List<JobView> jobs) {

  public JobsView {
    jobs = List.copyOf(jobs);
  }
}
