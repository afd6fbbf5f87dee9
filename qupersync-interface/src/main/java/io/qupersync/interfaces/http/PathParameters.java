package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;

/// The names in a path. What cannot be a name names nothing.
final class PathParameters {

  private PathParameters() {}

  static JobId job(Context request) {
    String name = request.pathParam("job");
    try {
      return new JobId(name);
    } catch (IllegalArgumentException _) {
      throw noJob(name);
    }
  }

  static RunId run(Context request) {
    String number = request.pathParam("run");
    try {
      return new RunId(Long.parseLong(number));
    } catch (NumberFormatException _) {
      throw noRun(number);
    }
  }

  static ProblemException noJob(Object name) {
    return Problem.of(
            ProblemType.NOT_FOUND, "there is no job '%s'; see /api/v1/jobs".formatted(name))
        .refusal();
  }

  static ProblemException noRun(Object number) {
    return Problem.of(
            ProblemType.NOT_FOUND, "there is no run '%s'; see /api/v1/runs".formatted(number))
        .refusal();
  }
}
