package io.qupersync.sandbox.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// As much of AWS as QuperSync asks for: Redshift, Redshift Serverless and Secrets Manager on one
/// local port. It answers only to whoever signs with the secret key, and can have a bad day. Safe
/// for use by many threads.
public final class AwsStandIn implements AutoCloseable {

  public static final String ACCESS_KEY = "AKIDSTANDIN";
  public static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private final HttpServer server;
  private final SignatureV4 signature;
  private final FakeAwsAccount estate;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  private AwsStandIn(HttpServer server, FakeAwsAccount estate) {
    this.server = server;
    this.estate = estate;
    // requests are signed by the machine's clock, whatever time it is for who asks
    this.signature = new SignatureV4(ACCESS_KEY, SECRET_KEY, InstantSource.system());
  }

  /// @param estate what there is in this AWS
  public static AwsStandIn start(FakeAwsAccount estate) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      var standIn = new AwsStandIn(server, estate);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", standIn::handle);
      server.start();
      return standIn;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// What AWS_ENDPOINT_URL is to be set to.
  public URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /// The calls whose signature was right, in order, as IAM names them: `redshift:DescribeClusters`.
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /// From now on no policy allows this action.
  public void deny(String action) {
    denied.add(action);
  }

  /// So many of the next calls come too fast.
  public void throttle(int howMany) {
    throttled.set(howMany);
  }

  /// So many of the next calls meet an internal error.
  public void fail(int howMany) {
    broken.set(howMany);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      AwsRequest request = AwsRequest.of(exchange);
      try {
        respond(exchange, request, 200, answer(request));
      } catch (AwsRefusal refusal) {
        respond(exchange, request, refusal.status(), AwsText.refusal(refusal, request.isJson()));
      }
    }
  }

  private String answer(AwsRequest request) {
    SignatureV4.Scope scope = signature.check(request);
    String action = scope.service() + ":" + request.operation();
    calls.add(action);
    if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      String code = request.isJson() ? "ThrottlingException" : "Throttling";
      throw new AwsRefusal(400, code, "Rate exceeded");
    }
    if (broken.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new AwsRefusal(500, "InternalFailure", "The request processing has failed");
    }
    if (denied.contains(action)) {
      throw new AwsRefusal(
          request.isJson() ? 400 : 403,
          request.isJson() ? "AccessDeniedException" : "AccessDenied",
          "User: arn:aws:iam::123456789012:user/standin is not authorized to perform: %s"
              .formatted(action));
    }
    return estate.answer(action, scope.region(), request);
  }

  private static void respond(HttpExchange exchange, AwsRequest request, int status, String text)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", request.isJson() ? "application/x-amz-json-1.1" : "text/xml");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
