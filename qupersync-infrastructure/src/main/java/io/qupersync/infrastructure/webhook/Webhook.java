package io.qupersync.infrastructure.webhook;

import io.qupersync.application.port.AlertChannel;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.alert.Outage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Posts incidents to an address. Redirects are not followed: the headers and the message would go
/// to whoever the other side names.
public final class Webhook implements AlertChannel {

  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private final WebhookSettings settings;
  private final String source;
  private final HttpClient client;

  /// @param source the warehouse the jobs read
  public Webhook(WebhookSettings settings, String source) {
    this.settings = settings;
    this.source = source;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Delivery send(Incident incident) {
    return post(Payload.of(incident, source, settings.format()));
  }

  @Override
  public Delivery send(Outage outage) {
    return post(OutagePayload.of(outage, source, settings.format()));
  }

  /// The timeout covers all of it, the answer's body too.
  private Delivery post(String payload) {
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request(payload), BodyHandlers.discarding());
    try {
      return delivery(exchange.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return failed("does not answer within %d s".formatted(settings.timeout().toSeconds()));
    } catch (ExecutionException failure) {
      return failed(reason(failure.getCause()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed("the program is stopping");
    } finally {
      boolean _ = exchange.cancel(true);
    }
  }

  private HttpRequest request(String payload) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.address())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "QuperSync")
            .POST(BodyPublishers.ofString(payload));
    settings.headers().forEach((name, value) -> request.setHeader(name, value.reveal()));
    return request.build();
  }

  private static Delivery delivery(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Delivery.Delivered();
    }
    String said =
        status / 100 == 3
            ? "answers with %d, a redirect, which is not followed; write the address it leads to"
            : "answers with %d";
    return new Delivery.Failed(said.formatted(status), retryAfter(response));
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .map(asked -> asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked);
  }

  /// The client's own messages may hold the address.
  private static String reason(@Nullable Throwable failure) {
    return switch (failure) {
      case HttpTimeoutException _ -> "does not answer in time";
      case ConnectException _ -> "cannot be reached: no such host, or nothing listens there";
      case SSLException refused -> "its TLS is not to be trusted: " + refused.getMessage();
      case IOException _ -> "closes the connection without an answer";
      case null, default -> "cannot be told";
    };
  }

  private static Delivery failed(String reason) {
    return new Delivery.Failed(reason, Optional.empty());
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
