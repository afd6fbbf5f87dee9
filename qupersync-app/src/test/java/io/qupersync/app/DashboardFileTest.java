package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * config/grafana-dashboard.json, which users import. That its metrics exist is checked where they
 * are made.
 */
class DashboardFileTest {

  @Test
  void is_a_dashboard_whose_panels_all_say_what_they_show() throws IOException {
    JsonNode dashboard =
        JsonMapper.shared().readTree(Files.readString(Path.of("../config/grafana-dashboard.json")));

    assertThat(dashboard.get("title").asString()).isEqualTo("QuperSync");
    assertThat(dashboard.get("panels")).hasSizeGreaterThan(25);
    assertThat(dashboard.get("panels"))
        .allSatisfy(panel -> {
          assertThat(panel.get("title").asString()).isNotBlank();
          boolean isRow = panel.get("type").asString().equals("row");
          assertThat(panel.path("targets").isEmpty()).isEqualTo(isRow);
        });
    assertThat(dashboard.get("panels"))
        .extracting(panel -> panel.get("id").asInt())
        .doesNotHaveDuplicates();
  }
}
