package io.qupersync.interfaces.http.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HtmlTest {

  @Test
  void text_never_becomes_markup() {
    assertThat(Html.text("<img src=x onerror=\"alert('1')\"> & more"))
        .hasToString("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; more");
  }

  @Test
  void a_part_that_is_no_piece_is_text() {
    assertThat(Html.of("<b title=\"{}\">{}</b>", "\" onclick=\"x", "<i>"))
        .hasToString("<b title=\"&quot; onclick=&quot;x\">&lt;i&gt;</b>");
  }

  @Test
  void a_piece_stays_as_it_is_also_with_signs_that_mean_something_to_patterns() {
    assertThat(Html.of("<p>{}{}</p>", Html.of("<b>{}</b>", "$1 \\ {}"), 5))
        .hasToString("<p><b>$1 \\ {}</b>5</p>");
  }

  @Test
  void refuses_a_number_of_parts_that_is_not_the_number_of_places() {
    assertThatThrownBy(() -> Html.of("<p></p>", "lost"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void joins_pieces_in_their_order() {
    assertThat(Html.joined(List.of(Html.of("<hr>"), Html.text("<")))).hasToString("<hr>&lt;");
  }

  @Test
  void a_template_is_told_what_it_lacks_and_what_is_too_much() {
    HtmlTemplate top = HtmlTemplate.named("overview.html");
    assertThatThrownBy(() -> top.filledWith(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing for {{access}}");
    Html piece = Html.text("piece");
    Map<String, Html> tooMuch =
        Map.of("databases", piece, "lost", piece, "lost-hidden", piece, "surplus", piece);
    assertThatThrownBy(() -> HtmlTemplate.named("top.html").filledWith(tooMuch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no place for [surplus]");
  }
}
