package io.qupersync.interfaces.http.page;

import io.qupersync.interfaces.http.view.RunView;
import io.qupersync.interfaces.text.HumanText;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Small pieces of HTML that both documents use: the same words and shapes as the script's
/// `states.js` and `times.js`, which take over in the browser.
final class HtmlFragments {

  private static final Map<String, String> SHAPES =
      Map.of(
          "success",
          "ok",
          "failed",
          "failing",
          "abandoned",
          "late",
          "misfired",
          "late",
          "incomplete",
          "late");

  private HtmlFragments() {}

  /// A state as a shape and a word.
  static Html state(String state) {
    String word =
        switch (state) {
          case "ok" -> "On time";
          case "never_ran" -> "Never ran";
          case "incomplete" -> "Rows rejected";
          default -> state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1);
        };
    return Html.of(
        "<span class=\"state\" data-state=\"{}\"><svg aria-hidden=\"true\" focusable=\"false\"><use href=\"/page/icons.svg#{}\"></use></svg>{}</span>",
        state,
        SHAPES.getOrDefault(state, state),
        word);
  }

  /// A time in UTC, which the script turns into the reader's.
  ///
  /// @param as how the script shows it: `clock`, `ago`, `due` or `since`
  static Html time(Instant instant, String as) {
    return Html.of(
        "<time datetime=\"{}\" data-as=\"{}\">{}</time>", instant, as, HumanText.instant(instant));
  }

  static Html link(String job) {
    // a job's name has no character that a path would have to escape
    return Html.of("<a href=\"/jobs/{}\">{}</a>", job, job);
  }

  static Html nextRun(JobCard job) {
    if (job.paused()) {
      return Html.text("Paused");
    }
    return job.nextRun()
        .map(due -> time(due, "due"))
        .orElseGet(() -> Html.text(job.job().schedule().manual() ? "Only when asked" : "–"));
  }

  static long written(RunView run) {
    return run.rowsInserted() + run.rowsUpdated() + run.rowsDeleted();
  }

  /// How long the run took; empty while it is under way.
  static String took(RunView run) {
    return run.durationMs().map(millis -> HumanText.duration(Duration.ofMillis(millis))).orElse("");
  }

  static Html hidden(boolean isHidden) {
    return isHidden ? Html.of(" hidden") : Html.NOTHING;
  }
}
