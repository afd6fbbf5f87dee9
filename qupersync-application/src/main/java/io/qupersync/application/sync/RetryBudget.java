package io.qupersync.application.sync;

import io.qupersync.domain.job.RetryPolicy;

/// How many transient failures one run may still meet, wherever it meets them: steps that are
/// nested share it, so that `max_retries: 3` is four tries in all. A step that succeeds in the end
/// gives back what it cost, and a reading that came further gives back everything. Used by one
/// thread at a time.
final class RetryBudget {

  private final RetryPolicy policy;
  private int spent;
  private int spentAtCommit;

  RetryBudget(RetryPolicy policy) {
    this.policy = policy;
  }

  RetryPolicy policy() {
    return policy;
  }

  /// How many retries are spent.
  int spent() {
    return spent;
  }

  boolean allowsAnother() {
    return policy.allows(spent + 1);
  }

  /// @return which retry this is, counted from 1
  int spend() {
    return ++spent;
  }

  /// The step that began when so much was spent has succeeded.
  void giveBackTo(int before) {
    spent = before;
  }

  /// Rows have been committed.
  void committed() {
    spentAtCommit = spent;
  }

  /// What was committed last need not be done again: gives back all that was spent until then.
  void refill() {
    spent -= spentAtCommit;
    spentAtCommit = 0;
  }
}
