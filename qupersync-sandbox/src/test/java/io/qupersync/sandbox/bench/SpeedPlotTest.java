package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.bench.SpeedPlot.Bar;
import io.qupersync.sandbox.bench.SpeedPlot.Group;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SpeedPlotTest {

  private static final List<Group> GROUPS =
      List.of(
          new Group("a < b & c", List.of(new Bar("QuperSync", 2), new Bar("psql pipe", 4))),
          new Group("another scale", List.of(new Bar("QuperSync", 0.001), new Bar("dblink", 100))));

  @Test
  void bars_are_as_long_as_the_work_took_within_their_group() throws Exception {
    NodeList bars = elements("rect");

    assertThat(bars.getLength()).isEqualTo(4);
    assertThat(length(bars, 1)).isEqualTo(2 * length(bars, 0));
    assertThat(length(bars, 3)).isEqualTo(length(bars, 1));
  }

  @Test
  void a_bar_of_next_to_nothing_is_still_to_be_seen() throws Exception {
    assertThat(length(elements("rect"), 2)).isEqualTo(1);
  }

  @Test
  void qupersync_stands_out() throws Exception {
    NodeList bars = elements("rect");

    assertThat(((Element) bars.item(0)).getAttribute("class")).isEqualTo("own");
    assertThat(((Element) bars.item(1)).getAttribute("class")).isEqualTo("other");
  }

  @Test
  void has_colours_for_light_and_for_dark() {
    assertThat(SpeedPlot.of(GROUPS)).contains("prefers-color-scheme: dark");
  }

  @Test
  void nothing_reaches_below_the_lower_edge() throws Exception {
    double height = Double.parseDouble(root().getAttribute("height"));
    Element lowest = (Element) elements("rect").item(3);

    assertThat(Double.parseDouble(lowest.getAttribute("y")) + 16).isLessThan(height);
  }

  private static double length(NodeList bars, int index) {
    return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
  }

  private static NodeList elements(String name) throws Exception {
    return root().getElementsByTagName(name);
  }

  /** Refused unless it is well-formed. */
  private static Element root() throws Exception {
    byte[] svg = SpeedPlot.of(GROUPS).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }
}
