package io.qupersync.interfaces.http.page;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AssetTest {

  static Stream<Asset> all() {
    return Asset.all().stream();
  }

  @Test
  void every_file_of_the_page_is_an_asset_or_a_template() throws IOException, URISyntaxException {
    Path folder = Path.of(Asset.class.getResource("page.css").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> there =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.endsWith(".class"))
              .collect(toSet());
      Set<String> known = all().map(Asset::name).collect(toSet());
      known.addAll(Set.of("overview.html", "job.html", "top.html"));
      assertThat(there).isEqualTo(known);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void asks_for_nothing_from_another_host(Asset asset) {
    assertThat(asset.contents().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://", "@import", "//cdn");
  }

  @ParameterizedTest
  @MethodSource("all")
  void never_turns_text_into_markup_or_code(Asset asset) {
    assertThat(asset.contents())
        .doesNotContain(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "eval(",
            "new Function",
            "setHTML",
            "createContextualFragment",
            "localStorage");
  }

  @Test
  void other_contents_have_another_tag() {
    assertThat(all().map(Asset::tag))
        .doesNotHaveDuplicates()
        .allMatch(tag -> tag.matches("\"[0-9a-f]{24}\""));
  }
}
