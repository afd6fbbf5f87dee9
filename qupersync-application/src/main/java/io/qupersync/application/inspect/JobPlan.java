package io.qupersync.application.inspect;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import java.util.List;

/// What a run of the job would do, were it to begin now.
///
/// @param extraction the statement the source would be sent, with the window's values as literals
/// @param changes DDL the target would be sent first
/// @param write the statement that would write each batch
public record JobPlan(
    JobId job,
    TableMapping mapping,
    Window window,
    String extraction,
    List<String> changes,
    String write) {

  public JobPlan {
    changes = List.copyOf(changes);
  }
}
