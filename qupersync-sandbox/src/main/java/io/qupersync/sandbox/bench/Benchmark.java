package io.qupersync.sandbox.bench;

import java.util.List;

/// A piece of work that several contestants do, each from the same state.
interface Benchmark {

  /// A letter or a word, for `--only`.
  String name();

  /// What it is, in words.
  String title();

  /// The jobs of QuperSync's configuration.
  String jobs();

  /// Makes what is there before all rounds. Called once.
  void prepare(BenchEnvironment benchEnvironment) throws Exception;

  /// To be called after [#prepare].
  List<Contestant> contestants(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess)
      throws Exception;

  /// Puts the target, and what QuperSync knows, into the state that each attempt begins with.
  void reset(BenchEnvironment benchEnvironment, ServiceProcess serviceProcess) throws Exception;

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
