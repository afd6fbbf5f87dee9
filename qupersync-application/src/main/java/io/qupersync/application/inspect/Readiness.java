package io.qupersync.application.inspect;

import io.qupersync.application.inspect.CheckConnections.Finding;
import io.qupersync.application.inspect.CheckConnections.Verdict;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Whether both databases answer, for whoever sends traffic here and for whoever looks at the page.
/// Asked by anybody, as often as they like, it waits for no database: it tells what the watches
/// know.
public final class Readiness {

  private final DatabaseWatch source;
  private final DatabaseWatch target;

  private final Supplier<Optional<String>> trouble;

  public Readiness(DatabaseWatch source, DatabaseWatch target) {
    this(source, target, Optional::empty);
  }

  /// @param trouble what is wrong with QuperSync's own tables; answers at once
  public Readiness(DatabaseWatch source, DatabaseWatch target, Supplier<Optional<String>> trouble) {
    this.source = source;
    this.target = target;
    this.trouble = trouble;
  }

  /// How the source and the target stand.
  public record Databases(DatabaseState source, DatabaseState target) {

    /// Whether this tells somebody who knows the other something new.
    public boolean differsFrom(Databases other) {
      return source.differsFrom(other.source) || target.differsFrom(other.target);
    }
  }

  /// Also for those who look all the time: a login that is refused is only found out by a run, or
  /// for somebody who asks for [#look].
  public Databases databases() {
    return new Databases(source.state(), target.state());
  }

  /// For what cannot be done without the source.
  ///
  /// @throws TransientFailure while it is away
  public void requireSource() {
    DatabaseState state = source.state();
    if (state.isAway()) {
      throw new TransientFailure(
          FailureKind.UNREACHABLE,
          "%s is away since %s: %s"
              .formatted(state.name(), state.since(), state.detail().orElse("it does not answer")));
    }
  }

  /// What is wrong is a finding.
  public List<Finding> look() {
    Stream<Finding> state =
        trouble.get().map(what -> new Finding("state", Verdict.PROBLEM, what)).stream();
    return Stream.concat(Stream.of(source, target).map(Readiness::finding), state).toList();
  }

  private static Finding finding(DatabaseWatch watch) {
    DatabaseState state = watch.stateForWhoAsks();
    return switch (state.presence()) {
      case THERE -> new Finding(watch.key(), Verdict.OK, state.detail().orElse("it answers"));
      case AWAY ->
          new Finding(
              watch.key(), Verdict.UNREACHABLE, state.detail().orElse("it does not answer"));
      case UNKNOWN ->
          new Finding(watch.key(), Verdict.UNREACHABLE, "it has not been looked at yet");
    };
  }
}
