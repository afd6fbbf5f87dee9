package io.qupersync.application.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// Several actors, of whom one acts at a time. Whoever acts may hand over to another, whom the dice
/// choose: so two threads run into each other in every way, and in the same way again.
final class Interleaving {

  private final RandomChoices randomChoices;
  private final List<Actor> waiting = new ArrayList<>();
  private final Semaphore over = new Semaphore(0);
  private Actor acting;
  private Throwable failure;

  Interleaving(RandomChoices randomChoices) {
    this.randomChoices = randomChoices;
  }

  private static final class Actor {
    private final Semaphore turn = new Semaphore(0);
  }

  /// Plays all parts to their end.
  ///
  /// @throws Error or RuntimeException what one of them threw; the others stay where they were
  void play(List<Runnable> parts) {
    for (Runnable part : parts) {
      var actor = new Actor();
      waiting.add(actor);
      Thread.ofVirtual().name("actor").start(() -> act(actor, part));
    }
    next();
    over.acquireUninterruptibly();
    switch (failure) {
      case null -> {}
      case Error error -> throw error;
      case RuntimeException defect -> throw defect;
      default -> throw new AssertionError(failure);
    }
  }

  private void act(Actor actor, Runnable part) {
    actor.turn.acquireUninterruptibly();
    try {
      part.run();
      next();
    } catch (Throwable thrown) {
      failure = thrown;
      over.release();
    }
  }

  private void next() {
    if (waiting.isEmpty()) {
      over.release();
    } else {
      acting = waiting.remove(randomChoices.upTo(waiting.size() - 1));
      acting.turn.release();
    }
  }

  /// Lets another actor act, if there is one, until it is this one's turn again.
  void change() {
    if (!waiting.isEmpty()) {
      Actor self = acting;
      waiting.add(self);
      next();
      self.turn.acquireUninterruptibly();
    }
  }
}
