package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/// `/metrics`, for Prometheus.
public final class MetricsRoutes implements Resource {

  private static final int SCRAPES_AT_A_TIME = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LargeAnswers large = new LargeAnswers(SCRAPES_AT_A_TIME, PATIENCE);
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
  public record Scrape(String contentType, Writing writing) {

    /// A text that is there already.
    public Scrape(String contentType, String body) {
      this(contentType, out -> out.write(body.getBytes(UTF_8)));
    }
  }

  /// Writes a scrape piece by piece: with thousands of jobs the whole is megabytes.
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  @Override
  public void addTo(Routes routes) {
    routes.get(
        "/metrics",
        Access.VIEWER,
        request -> {
          QueryParameters.of(request);
          String accept = Objects.requireNonNullElse(request.header("Accept"), "");
          large.send(() -> {
            Scrape scrape = scraper.scrape(accept);
            request.contentType(scrape.contentType());
            scrape.writing().to(request.outputStream());
          });
        });
  }
}
