package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthenticationTest {

  private final Served api =
      Served.withTokens(
          AccessToken.of("board", "see-all", Access.VIEWER),
          AccessToken.of("ops", "do-all", Access.OPERATOR));

  @AfterEach
  void stop() {
    api.close();
  }

  private Served.Answer getWith(String authorization) {
    return api.send("/api/v1/jobs", request -> request.header("Authorization", authorization));
  }

  @Test
  void asks_for_a_token() {
    Served.Answer answer = api.get("/api/v1/jobs");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(answer.json().get("type").stringValue()).isEqualTo("/docs/problems#unauthorized");
  }

  @Test
  void admits_whoever_has_one() {
    assertThat(getWith("Bearer see-all").status()).isEqualTo(200);
    assertThat(getWith("bearer  do-all ").status()).isEqualTo(200);
  }

  @Test
  void refuses_a_token_it_does_not_know() {
    Served.Answer answer = getWith("Bearer do-al");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    assertThat(answer.response().body()).doesNotContain("do-al");
    assertThat(getWith("Basic ZG8tYWxs").status()).isEqualTo(401);
    assertThat(getWith("Bearer").status()).isEqualTo(401);
  }

  @Test
  void tells_of_no_more_tokens_for_a_while_that_they_are_wrong_when_many_were() {
    guess();
    Served.Answer refused = getWith("Bearer another guess");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("10");
    assertThat(api.get("/health/live").status()).as("without a token").isEqualTo(200);

    api.world.clock.tick(Duration.ofSeconds(10));
    assertThat(getWith("Bearer another guess").status()).isEqualTo(401);
  }

  @Test
  void admits_whoever_has_a_token_however_many_wrong_ones_came_from_the_same_address() {
    guess();
    assertThat(getWith("Bearer one more").status()).isEqualTo(429);

    assertThat(getWith("Bearer do-all").status()).isEqualTo(200);
    assertThat(getWith("Bearer see-all").status()).isEqualTo(200);
  }

  private void guess() {
    for (int i = 0; i < RequestLimits.FAILURES.burst(); i++) {
      assertThat(getWith("Bearer guess" + i).status()).isEqualTo(401);
    }
  }

  @Test
  void lets_everybody_ask_whether_it_lives() {
    assertThat(api.get("/health/live").status()).isEqualTo(200);
  }
}
