package io.qupersync.interfaces.http.page;

import java.util.HashMap;
import java.util.Map;

/// What every document of the page has around its own contents.
///
/// @param access `tokens` where the server asks for them, else `open`: the script then asks for one
public record Shell(String access) {

  private static final Template TOP = Template.named("top.html");
  private static final Html WITHOUT_SCRIPT =
      Html.text("Without JavaScript this shows how things stood when it was loaded.");

  Html around(Template template, Map<String, Html> pieces, Top top) {
    var all = new HashMap<>(pieces);
    all.put("access", Html.text(access));
    all.put("top", TOP.filledWith(top.pieces()));
    all.put("past", Html.text(top.isPast() ? "stale" : ""));
    all.put("noscript", WITHOUT_SCRIPT);
    all.put("locked", Words.hidden(!access.equals("tokens")));
    return template.filledWith(all);
  }
}
