package io.qupersync.sandbox.bench;

import java.util.Arrays;
import java.util.List;

/// The parts of the program that a profile tells apart: whoever of them is nearest to the top of
/// the stack has the time, what it calls of the JDK included.
enum ProfilePart {
  READING("Redshift driver: reading, decoding the wire", "com.amazon.redshift."),
  DECODING(
      "decoding and packing rows",
      "io.qupersync.infrastructure.redshift.",
      "io.qupersync.domain.row.",
      "io.qupersync.domain.table."),
  MAPPING("mapping, queue, bookkeeping", "io.qupersync.domain.", "io.qupersync.application."),
  ENCODING("encoding and merging", "io.qupersync.infrastructure.postgres."),
  WRITING("PostgreSQL driver: COPY and statements", "org.postgresql."),
  SERVICE(
      "API, page, metrics, pools",
      "io.qupersync.",
      "io.javalin.",
      "org.eclipse.jetty.",
      "io.micrometer.",
      "com.zaxxer."),
  OTHER("the JVM itself and the rest", "");

  private final String title;

  /// With blanks between them.
  private final String packages;

  ProfilePart(String title, String... packages) {
    this.title = title;
    this.packages = String.join(" ", packages);
  }

  String title() {
    return title;
  }

  /// @param stack the names of the classes on it, the top first
  static ProfilePart of(List<String> stack) {
    return stack.stream()
        .map(ProfilePart::of)
        .filter(profilePart -> profilePart != OTHER)
        .findFirst()
        .orElse(OTHER);
  }

  /// The first that fits: those above are parts of those below.
  private static ProfilePart of(String className) {
    return Arrays.stream(values())
        .filter(profilePart -> profilePart.has(className))
        .findFirst()
        .orElse(OTHER);
  }

  private boolean has(String className) {
    return Arrays.stream(packages.split(" ", -1)).anyMatch(className::startsWith);
  }
}
