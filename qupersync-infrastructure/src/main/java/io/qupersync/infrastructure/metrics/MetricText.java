package io.qupersync.infrastructure.metrics;

import java.io.IOException;
import java.io.Writer;

/// Writes metrics in one of the two text forms that Prometheus reads, sample by sample.
///
/// @param isOpenMetrics whether the form is OpenMetrics, which names a counter without `_total`
record MetricText(Writer out, boolean isOpenMetrics) {

  MetricFamily counter(String name, String help) {
    return family(isOpenMetrics ? name : name + "_total", name, "counter", help);
  }

  MetricFamily gauge(String name, String help) {
    return family(name, name, "gauge", help);
  }

  MetricFamily histogram(String name, String help) {
    return family(name, name, "histogram", help);
  }

  private MetricFamily family(String shown, String name, String type, String help) {
    String helpLine = "# HELP %s %s\n".formatted(shown, help);
    String typeLine = "# TYPE %s %s\n".formatted(shown, type);
    return new MetricFamily(out, name, isOpenMetrics ? typeLine + helpLine : helpLine + typeLine);
  }

  /// To be called last.
  void end() throws IOException {
    if (isOpenMetrics) {
      out.write("# EOF\n");
    }
    out.flush();
  }
}
