package io.qupersync.interfaces.http;

import io.javalin.http.Context;
import io.qupersync.interfaces.http.view.JobView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entity tag of a job in two halves: what it is, and how it stands. A reader that has seen
/// both learns that nothing is new; whoever changes the job only asks that what it is has not
/// changed, for how it stands changes all the time.
record Etag(String definition, String standing) {

  private static final int BYTES = 8;

  static Etag of(JobView job) {
    return new Etag(hash(job.definition().toString()), hash(job.toString()));
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Arrays.copyOf(AccessToken.sha256(text), BYTES));
  }

  void addTo(Context answer) {
    answer.header("ETag", toString());
  }

  /// Whether the client has this very state already.
  boolean isKnownTo(Context request) {
    return tagsOf(request.header("If-None-Match")).contains(toString());
  }

  /// Refuses when the client means another definition than the present one.
  void requireMatch(Context request) {
    String asked = request.header("If-Match");
    if (asked == null || asked.strip().equals("*")) {
      return;
    }
    boolean same = tagsOf(asked).stream().anyMatch(tag -> tag.startsWith("\"" + definition + "-"));
    if (!same) {
      throw Problem.of(
              ProblemType.PRECONDITION_FAILED,
              "the job is no longer defined as you know it; read it again")
          .withField("If-Match")
          .refusal();
    }
  }

  private static List<String> tagsOf(@Nullable String header) {
    return header == null
        ? List.of()
        : Arrays.stream(header.split(",", -1))
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .toList();
  }

  @Override
  public String toString() {
    return "\"%s-%s\"".formatted(definition, standing);
  }
}
