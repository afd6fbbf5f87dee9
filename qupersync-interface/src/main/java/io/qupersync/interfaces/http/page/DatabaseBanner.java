package io.qupersync.interfaces.http.page;

import static java.util.Map.entry;

import io.qupersync.interfaces.http.view.DatabasesView;
import io.qupersync.interfaces.http.view.DatabasesView.DatabaseView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The head of every document: whether both databases are there, and what that means for what is
/// shown. The script's `access.js` draws the same.
///
/// @param databases a word on each
/// @param lost what is wrong; empty when nothing is
/// @param isPast whether what is shown was true once and may not be any more
public record DatabaseBanner(Html databases, Html lost, boolean isPast) {

  /// Tells nothing.
  static final DatabaseBanner SILENT = new DatabaseBanner(Html.NOTHING, Html.NOTHING, false);

  /// @param asOf the moment of which the document tells
  public static DatabaseBanner of(DatabasesView databases, Instant asOf) {
    boolean isPast = databases.target().state().equals("away");
    var wrong =
        List.of(databases.source(), databases.target()).stream()
            .filter(database -> database.state().equals("away"))
            .map(DatabaseBanner::away)
            .toList();
    Html past =
        isPast
            ? Html.of(
                "<p>What is shown was true at {} and may not be any more.</p>",
                HtmlFragments.time(asOf, "clock"))
            : Html.NOTHING;
    return new DatabaseBanner(
        Html.joined(List.of(word(databases.source()), word(databases.target()))),
        wrong.isEmpty() ? Html.NOTHING : Html.of("{}{}", Html.joined(wrong), past),
        isPast);
  }

  Map<String, Html> pieces() {
    boolean isQuiet = lost.toString().isEmpty();
    return Map.ofEntries(
        entry("databases", databases),
        entry("lost", lost),
        entry("lost-hidden", HtmlFragments.hidden(isQuiet)));
  }

  private static Html word(DatabaseView database) {
    return Html.of(
        "<span class=\"database\" data-state=\"{}\" title=\"{}\">{}<span class=\"word\"> {}</span></span>",
        database.state(),
        database.name() + database.detail().map(": "::concat).orElse(""),
        product(database),
        database.state());
  }

  private static String product(DatabaseView database) {
    return database.name().split(" at ", 2)[0];
  }

  private static Html away(DatabaseView database) {
    return Html.of(
        "<p><strong>{} is away since {}.</strong> {}</p>",
        database.name(),
        HtmlFragments.time(database.since(), "clock"),
        database.detail().orElse(""));
  }
}
