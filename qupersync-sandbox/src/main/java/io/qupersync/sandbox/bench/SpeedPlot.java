package io.qupersync.sandbox.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Draws how long each contestant took, as bars, work by work: an SVG that is readable on light and
/// on dark ground.
final class SpeedPlot {

  private static final int WIDTH = 760;
  private static final int LABELS = 190;
  private static final int VALUES = 90;
  private static final int BAR = 16;
  private static final int ROW = 22;
  private static final int HEADING = 30;
  private static final int GAP = 14;

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f }
        .work { font-weight: 600 }
        .own { fill: #0969da }
        .other { fill: #afb8c1 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 }
          .own { fill: #4493f8 }
          .other { fill: #57606a }
        }
      </style>
      """;

  /// Bars that belong together and share their scale.
  record Group(String title, List<Bar> bars) {

    Group {
      bars = List.copyOf(bars);
    }
  }

  record Bar(String name, double seconds) {

    private boolean isOwn() {
      return name.startsWith(Contestant.QUPERSYNC);
    }
  }

  private final List<String> lines = new ArrayList<>();
  private int y;

  private SpeedPlot() {}

  static String of(List<Group> groups) {
    var plot = new SpeedPlot();
    groups.forEach(plot::draw);
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d" role="img">
    <title>Seconds for each piece of work: less is better</title>
    %s%s</svg>
    """
        .formatted(WIDTH, plot.y + GAP, STYLE, String.join("", plot.lines));
  }

  private void draw(Group group) {
    y += GAP;
    text("work", 0, y + BAR, "start", group.title());
    y += HEADING;
    double longest = group.bars().stream().mapToDouble(Bar::seconds).max().orElse(1);
    for (Bar bar : group.bars()) {
      draw(bar, Math.max(1, bar.seconds() / longest * (WIDTH - LABELS - VALUES)));
      y += ROW;
    }
  }

  private void draw(Bar bar, double length) {
    text("", LABELS - 10, y + 13, "end", bar.name());
    lines.add(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
            bar.isOwn() ? "own" : "other",
            LABELS,
            y,
            length,
            BAR));
    text(
        "",
        LABELS + (int) length + 8,
        y + 13,
        "start",
        String.format(Locale.ROOT, "%.2f s", bar.seconds()));
  }

  private void text(String kind, int x, int baseline, String anchor, String text) {
    lines.add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n"
            .formatted(kind, x, baseline, anchor, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
