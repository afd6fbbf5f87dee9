package io.qupersync.interfaces.http.view;

import java.util.List;
import java.util.Optional;

/// All jobs, in the order of their definition, or a page of them.
///
/// @param next what to give as `after` for the next page; empty on the last
public record JobsView(List<JobView> jobs, Optional<String> next) {

  public JobsView {
    jobs = List.copyOf(jobs);
  }
}
