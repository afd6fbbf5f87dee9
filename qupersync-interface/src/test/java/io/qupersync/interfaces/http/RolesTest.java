package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may do what, for every route there is. */
class RolesTest {

  private static final String VIEWER = "Bearer see-all";
  private static final String OPERATOR = "Bearer do-all";

  private final Served api =
      Served.withTokens(
          AccessToken.of("board", "see-all", Access.VIEWER),
          AccessToken.of("ops", "do-all", Access.OPERATOR));

  @AfterEach
  void stop() {
    api.close();
  }

  private List<Routes.Route> routes() {
    return HttpApi.routesOf(api.resources()).all().stream()
        // it never ends for those who may
        .filter(route -> !route.path().endsWith("/events"))
        .toList();
  }

  private int statusOf(Routes.Route route, String authorization) {
    // so that the limits do not answer for the roles
    api.clock.tick(Duration.ofMinutes(1));
    String path = route.path().replace("{job}", "orders").replace("{run}", "1");
    return api.send(
            path,
            request -> {
              request.method(route.method().toString(), BodyPublishers.noBody());
              return authorization.isEmpty()
                  ? request
                  : request.header("Authorization", authorization);
            })
        .status();
  }

  @Test
  void without_a_token_only_what_is_open_is_served() {
    for (Routes.Route route : routes()) {
      boolean open = route.access() == Access.OPEN;
      assertThat(statusOf(route, "") == 401).as(route.toString()).isNotEqualTo(open);
    }
  }

  @Test
  void a_viewer_reads_and_changes_nothing() {
    for (Routes.Route route : routes()) {
      boolean change = route.access() == Access.OPERATOR;
      assertThat(statusOf(route, VIEWER) == 403).as(route.toString()).isEqualTo(change);
    }
  }

  @Test
  void an_operator_may_do_everything() {
    for (Routes.Route route : routes()) {
      assertThat(statusOf(route, OPERATOR)).as(route.toString()).isNotIn(401, 403);
    }
  }

  @Test
  void nothing_but_reading_is_open_to_viewers() {
    for (Routes.Route route : routes()) {
      boolean reads = route.method().toString().equals("GET");
      assertThat(route.access() == Access.OPERATOR).as(route.toString()).isNotEqualTo(reads);
    }
  }

  @Test
  void a_head_is_for_those_who_may_get() {
    for (Routes.Route route : routes()) {
      if (route.method().toString().equals("GET")) {
        boolean open = route.access() == Access.OPEN;
        assertThat(head(route, "").status() == 401).as(route.toString()).isNotEqualTo(open);
        Served.Answer head = head(route, VIEWER);
        assertThat(head.response().body()).as(route.toString()).isEmpty();
        assertThat(head.status()).as(route.toString()).isNotIn(401, 403);
      }
    }
  }

  @Test
  void a_head_tells_the_length_of_what_a_get_would_answer() {
    for (String path : List.of("/api/v1/jobs/orders", "/health/live", "/openapi.json", "/docs")) {
      Served.Answer got = sent(path, "GET");
      Served.Answer head = sent(path, "HEAD");
      assertThat(head.status()).as(path).isEqualTo(200);
      assertThat(head.header("Content-Type")).as(path).isEqualTo(got.header("Content-Type"));
      // a long document is sent in pieces, without a length
      assertThat(head.header("Content-Length")).as(path).isEqualTo(got.header("Content-Length"));
    }
    assertThat(sent("/health/live", "HEAD").header("Content-Length")).isEqualTo("17");
  }

  private Served.Answer head(Routes.Route route, String token) {
    return send(route.path().replace("{job}", "orders").replace("{run}", "1"), "HEAD", token);
  }

  private Served.Answer sent(String path, String method) {
    return send(path, method, VIEWER);
  }

  private Served.Answer send(String path, String method, String token) {
    api.clock.tick(Duration.ofMinutes(1));
    return api.send(
        path,
        request -> {
          request.method(method, BodyPublishers.noBody());
          return token.isEmpty() ? request : request.header("Authorization", token);
        });
  }
}
