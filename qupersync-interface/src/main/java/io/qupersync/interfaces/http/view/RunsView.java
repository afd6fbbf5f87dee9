package io.qupersync.interfaces.http.view;

import java.util.List;
import java.util.Optional;

/// A page of runs.
///
/// @param next what to give as `after` for the next page; empty on the last
public record RunsView(List<RunView> runs, Optional<String> next) {

  public RunsView {
    runs = List.copyOf(runs);
  }
}
