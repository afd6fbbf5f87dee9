package io.qupersync.interfaces.http;

import java.util.Objects;

/// `/metrics`, for Prometheus.
public final class MetricsRoutes implements Resource {

  private final Scraper scraper;

  public MetricsRoutes(Scraper scraper) {
    this.scraper = scraper;
  }

  /// Reads all metrics.
  @FunctionalInterface
  public interface Scraper {

    /// @param accept what the caller says it can read; empty when it says nothing
    Scrape scrape(String accept);
  }

  /// All metrics, in a form that Prometheus reads.
  public record Scrape(String contentType, String body) {}

  @Override
  public void addTo(Routes routes) {
    routes.get(
        "/metrics",
        Access.VIEWER,
        request -> {
          QueryParameters.of(request);
          Scrape scrape = scraper.scrape(Objects.requireNonNullElse(request.header("Accept"), ""));
          request.contentType(scrape.contentType()).result(scrape.body());
        });
  }
}
