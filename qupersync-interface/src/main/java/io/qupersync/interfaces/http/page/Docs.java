package io.qupersync.interfaces.http.page;

import java.util.ArrayList;

/// What the documents about the API have around their own contents. They need no script.
final class Docs {

  private Docs() {}

  static Html document(String title, Html contents) {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{} · QuperSync</title>
          <link rel="icon" href="/page/icon.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/page/page.css">
          <link rel="stylesheet" href="/page/docs.css">
        </head>
        <body class="docs">
          <header class="top"><div class="frame">
            <a class="brand" href="/">QuperSync</a>
            <nav aria-label="More"><a href="/docs">API</a> <a href="/docs/problems">Problems</a>
              <a href="/openapi.json">OpenAPI</a> <a href="/schema.json">Configuration schema</a></nav>
          </div></header>
          <main class="frame">
        {}
          </main>
        </body>
        </html>
        """,
        title,
        contents);
  }

  /// Our own prose, in which `code` stands between backquotes.
  static Html prose(String text) {
    String[] parts = text.split("`", -1);
    var pieces = new ArrayList<Html>();
    for (int i = 0; i < parts.length; i++) {
      pieces.add(i % 2 == 0 ? Html.text(parts[i]) : Html.of("<code>{}</code>", parts[i]));
    }
    return Html.joined(pieces);
  }
}
