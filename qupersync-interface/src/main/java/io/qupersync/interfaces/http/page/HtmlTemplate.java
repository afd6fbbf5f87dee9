package io.qupersync.interfaces.http.page;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A document of the page with named places, `{{like-this}}`.
final class HtmlTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z-]+)}}");

  private final String markup;

  private HtmlTemplate(String markup) {
    this.markup = markup;
  }

  static HtmlTemplate named(String file) {
    return new HtmlTemplate(Asset.contents(file));
  }

  /// @throws IllegalArgumentException when a place has no piece, or a piece no place
  Html filledWith(Map<String, Html> pieces) {
    var filled = new StringBuilder();
    Set<String> unused = new HashSet<>(pieces.keySet());
    Matcher places = PLACE.matcher(markup);
    while (places.find()) {
      Html piece = pieces.get(places.group(1));
      if (piece == null) {
        throw new IllegalArgumentException("nothing for " + places.group());
      }
      unused.remove(places.group(1));
      places.appendReplacement(filled, Matcher.quoteReplacement(piece.toString()));
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException("no place for " + unused);
    }
    places.appendTail(filled);
    return Html.ofMarkup(filled.toString());
  }
}
