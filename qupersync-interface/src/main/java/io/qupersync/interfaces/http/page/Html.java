package io.qupersync.interfaces.http.page;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A piece of HTML. What comes from outside gets into one only as text: every part that is not
/// itself a piece is escaped, so that a job's name or a row's value can never become markup.
public final class Html {

  public static final Html NOTHING = new Html("");

  private static final Pattern PLACE = Pattern.compile("\\{}");

  private final String source;

  private Html(String source) {
    this.source = source;
  }

  /// The text as it is, good for contents and for quoted attributes.
  public static Html text(String text) {
    return new Html(
        text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;")
            .replace("'", "&#39;"));
  }

  /// @param markup our own, never from outside; each `{}` takes the next part
  /// @param parts pieces as they are, all else as text
  static Html of(String markup, Object... parts) {
    var filled = new StringBuilder();
    Matcher places = PLACE.matcher(markup);
    int next = 0;
    while (places.find()) {
      places.appendReplacement(filled, Matcher.quoteReplacement(piece(parts[next]).source));
      next++;
    }
    if (next != parts.length) {
      throw new IllegalArgumentException("%d parts for %d places".formatted(parts.length, next));
    }
    places.appendTail(filled);
    return new Html(filled.toString());
  }

  /// What a template made of our own markup and of pieces.
  static Html ofMarkup(String markup) {
    return new Html(markup);
  }

  static Html joined(Collection<Html> pieces) {
    return new Html(pieces.stream().map(Html::toString).collect(Collectors.joining()));
  }

  private static Html piece(Object part) {
    return part instanceof Html html ? html : text(part.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Html html && source.equals(html.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /// The markup.
  @Override
  public String toString() {
    return source;
  }
}
