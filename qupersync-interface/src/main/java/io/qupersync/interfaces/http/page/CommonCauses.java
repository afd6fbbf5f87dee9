package io.qupersync.interfaces.http.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What jobs that need somebody have in common: a source that is away makes all of them fail, and
/// is one thing to mend. The script's `states.js` groups the same.
final class CommonCauses {

  private CommonCauses() {}

  /// Jobs of one health and one cause, in the order of the first of each.
  static List<List<JobCard>> groups(List<JobCard> attention) {
    return List.copyOf(byCause(attention).values());
  }

  /// The causes of several jobs.
  static Set<String> sharedCauses(Collection<JobCard> jobs) {
    return byCause(jobs.stream().filter(JobCard::needsAttention).toList()).values().stream()
        .filter(group -> group.size() > 1)
        .flatMap(group -> group.getFirst().cause().stream())
        .collect(Collectors.toSet());
  }

  private static Map<String, List<JobCard>> byCause(List<JobCard> attention) {
    return attention.stream()
        .collect(Collectors.groupingBy(CommonCauses::key, LinkedHashMap::new, Collectors.toList()));
  }

  private static String key(JobCard job) {
    return job.health() + ' ' + job.cause().orElse(job.id());
  }
}
