package io.qupersync.interfaces.http.page;

import java.util.HashMap;
import java.util.Map;

/// What every document of the page has around its own contents.
///
/// @param access `tokens` where the server asks for them, else `open`: the script then asks for one
public record PageLayout(String access) {

  private static final HtmlTemplate TOP = HtmlTemplate.named("top.html");
  private static final Html WITHOUT_SCRIPT =
      Html.text("Without JavaScript this shows how things stood when it was loaded.");

  Html around(HtmlTemplate htmlTemplate, Map<String, Html> pieces, DatabaseBanner databaseBanner) {
    var all = new HashMap<>(pieces);
    all.put("access", Html.text(access));
    all.put("top", TOP.filledWith(databaseBanner.pieces()));
    all.put("past", Html.text(databaseBanner.isPast() ? "stale" : ""));
    all.put("noscript", WITHOUT_SCRIPT);
    all.put("locked", HtmlFragments.hidden(!access.equals("tokens")));
    return htmlTemplate.filledWith(all);
  }
}
