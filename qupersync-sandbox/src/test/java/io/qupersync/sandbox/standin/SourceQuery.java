package io.qupersync.sandbox.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A query of one of the eight built-in jobs, as it will be sent to a real cluster.
record SourceQuery(String name, String sql) {

  /// Those for both flavours and those for this one alone.
  static List<SourceQuery> of(Flavor flavor) {
    String only = flavor == Flavor.PROVISIONED ? "provisioned" : "serverless";
    return Stream.of("both", only).flatMap(SourceQuery::in).toList();
  }

  /// Every `?` is a time from which on rows are wanted.
  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
      statement.setTimestamp(i, Timestamp.valueOf("2026-01-01 00:00:00"));
    }
    return statement;
  }

  private static Stream<SourceQuery> in(String folder) {
    var place = SourceQuery.class.getResource("source-queries/" + folder);
    try (Stream<Path> files = Files.list(Path.of(Objects.requireNonNull(place).toURI()))) {
      return files.sorted().map(SourceQuery::read).toList().stream();
    } catch (IOException | URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static SourceQuery read(Path file) {
    try {
      return new SourceQuery(file.getFileName().toString(), Files.readString(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
