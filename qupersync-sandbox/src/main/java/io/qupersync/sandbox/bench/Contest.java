package io.qupersync.sandbox.bench;

import java.util.List;

/// A piece of work that several contestants do, each from the same state.
interface Contest {

  /// A letter or a word, for `--only`.
  String name();

  /// What it is, in words.
  String title();

  /// The jobs of QuperSync's configuration.
  String jobs();

  /// Makes what is there before all rounds. Called once.
  void prepare(Testbed testbed) throws Exception;

  /// To be called after [#prepare].
  List<Contestant> contestants(Testbed testbed, Service service) throws Exception;

  /// Puts the target, and what QuperSync knows, into the state that each attempt begins with.
  void reset(Testbed testbed, Service service) throws Exception;

  /// What was to be reached.
  List<Goal> goals(Measured measured);

  /// What was to be reached, as far as only a profile tells.
  default List<Goal> goals(Profile profile) {
    return List.of();
  }

  /// Whether it tells much of where QuperSync's time goes.
  default boolean isWorthAProfile() {
    return false;
  }
}
