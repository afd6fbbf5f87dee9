package io.qupersync.interfaces.http;

import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunRequest.Deletes;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Trigger;

/// What the body of a trigger asks for.
record TriggerBody(Scope scope, Deletes deletes) {

  private static final String FULL = "full";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String ALLOW_DELETES = "allow_deletes";

  static final String[] KEYS = {FULL, FROM, TO, ALLOW_DELETES};

  /// A slice of one job's watermark means nothing to the others.
  static final String[] KEYS_FOR_ALL = {FULL, ALLOW_DELETES};

  static TriggerBody of(Body body) {
    boolean slice = body.has(FROM) || body.has(TO);
    if (body.flag(FULL) && slice) {
      throw Problem.ofField(FULL, "a full run reads everything: leave out 'from' and 'to'")
          .refusal();
    }
    return new TriggerBody(
        slice
            ? new Scope.Backfill(body.text(FROM), body.text(TO))
            : body.flag(FULL) ? new Scope.Full() : new Scope.Ordinary(),
        body.flag(ALLOW_DELETES) ? Deletes.ALLOWED : Deletes.LIMITED);
  }

  RunRequest forJob(JobId job) {
    return new RunRequest(job, Trigger.API, scope, deletes);
  }
}
