package io.qupersync.interfaces.http.view;

import io.qupersync.application.inspect.DatabaseState;
import io.qupersync.application.inspect.Readiness.Databases;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Whether the source and the target are there.
public record DatabasesView(DatabaseView source, DatabaseView target) {

  /// @param state `there`, `away`, or `unknown` before it was asked for the first time
  /// @param since when that began, as far as this process has seen
  /// @param detail the version of one that is there, the reason why another is away
  public record DatabaseView(String name, String state, Instant since, Optional<String> detail) {

    static DatabaseView of(DatabaseState state) {
      return new DatabaseView(
          state.name(),
          state.presence().name().toLowerCase(Locale.ROOT),
          state.since(),
          state.detail());
    }
  }

  public static DatabasesView of(Databases databases) {
    return new DatabasesView(
        DatabaseView.of(databases.source()), DatabaseView.of(databases.target()));
  }
}
