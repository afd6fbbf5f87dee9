package io.qupersync.application.testkit;

/// Decides what becomes of a call to a port. What it throws reaches the caller.
public interface FaultPlan {

  /// Every call that a run makes to the outside world.
  enum Call {
    SOURCE_NOW,
    SOURCE_SHAPE,
    SOURCE_EXTENT,
    OPEN,
    NEXT,
    LOOKUP,
    TARGET_SHAPE,
    PREPARE,
    BEGIN,
    COMMIT,
    DELETE_UNSEEN,
    CONFIRM,
    LOAD_PROGRESS,
    ADVANCE,
    ADOPT,
    LOST,
    WITNESS,
    ACQUIRE,
    RENEW,
    RELEASE,
    NEXT_RUN,
    RUN_STARTED,
    RUN_ATTEMPT,
    RUN_FINISHED
  }

  /// Before the call has had any effect.
  default void before(Call call) {}

  /// The call has had its effect; to throw here is to lose the answer.
  default void after(Call call) {}
}
