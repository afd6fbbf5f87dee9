package io.qupersync.interfaces.http.page;

import java.util.List;

/// The document that explains each kind of problem; the `type` of a problem points into it.
public final class ProblemsPage {

  private ProblemsPage() {}

  /// @param slug its fragment of the address
  /// @param advice what it means and what to do
  public record Kind(String slug, int status, String title, String advice) {}

  public static Html of(List<Kind> kinds) {
    return Docs.document(
        "Problems",
        Html.of(
            """
            <h1>Problems</h1>
            <p>Every error is JSON of the type <code>application/problem+json</code> (RFC 9457): <code>type</code> is an
            address in this page, <code>detail</code> says what is wrong and what to do, <code>field</code> names the
            parameter or key at fault, <code>run</code> the run that is in the way.</p>
            {}
            """,
            Html.joined(kinds.stream().map(ProblemsPage::section).toList())));
  }

  private static Html section(Kind kind) {
    return Html.of(
        """
        <section id="{}">
          <h2><code>{}</code> <span class="code">{}</span></h2>
          <p>{}. {}</p>
        </section>
        """,
        kind.slug(),
        kind.slug(),
        kind.status(),
        kind.title(),
        kind.advice());
  }
}
