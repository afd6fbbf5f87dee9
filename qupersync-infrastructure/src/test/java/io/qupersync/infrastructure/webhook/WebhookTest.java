package io.qupersync.infrastructure.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.AlertChannel.Delivery;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.alert.Outage;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.webhook.Receiver.Request;
import io.qupersync.infrastructure.webhook.WebhookSettings.Format;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

  private static final Instant EIGHT = Instant.parse("2026-03-02T08:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Incident FAILED =
      new Incident(
          17,
          "on-call",
          new Alarm(
              new JobId("orders"),
              AlertKind.FAILED,
              "cannot read <view> & \"more\"; grant it",
              Optional.of(new RunId(4711))),
          EIGHT,
          Optional.empty());
  private static final Incident OVER =
      new Incident(17, "on-call", FAILED.alarm(), EIGHT, Optional.of(EIGHT.plusSeconds(780)));

  private Receiver receiver;

  @BeforeEach
  void begin() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void end() {
    receiver.close();
  }

  @Test
  void says_in_json_what_is_wrong() {
    assertThat(send(FAILED, Format.JSON)).isInstanceOf(Delivery.Delivered.class);

    Request request = receiver.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/alerts?key=s3cret");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken");
    assertThat(request.body())
        .isEqualTo(
            """
            {"event":"failed","incident":17,"job":"orders","kind":"failed",\
            "reason":"cannot read <view> & \\"more\\"; grant it","run_id":4711,"source":"metrics/dev",\
            "opened_at":"2026-03-02T08:00:00Z",\
            "summary":"orders is failing (run 4711): cannot read <view> & \\"more\\"; grant it"}\
            """);
  }

  @Test
  void says_that_the_target_is_away_and_that_it_is_back() {
    var outage = new Outage("vm1:4711:0", "cannot connect to pg", EIGHT, Optional.empty());
    try (var webhook = webhook(Format.JSON, PATIENCE)) {
      assertThat(webhook.send(outage)).isInstanceOf(Delivery.Delivered.class);
      assertThat(webhook.send(outage.endedAt(EIGHT.plusSeconds(780))))
          .isInstanceOf(Delivery.Delivered.class);
    }
    try (var webhook = webhook(Format.SLACK, PATIENCE)) {
      assertThat(webhook.send(outage)).isInstanceOf(Delivery.Delivered.class);
    }

    assertThat(receiver.requests())
        .extracting(Request::body)
        .containsExactly(
            """
            {"event":"target_away","kind":"target_away","reason":"cannot connect to pg",\
            "source":"metrics/dev","instance":"vm1:4711:0","opened_at":"2026-03-02T08:00:00Z",\
            "summary":"the target is away, and no job can write: cannot connect to pg"}\
            """,
            """
            {"event":"recovered","kind":"target_away","reason":"cannot connect to pg",\
            "source":"metrics/dev","instance":"vm1:4711:0","opened_at":"2026-03-02T08:00:00Z",\
            "closed_at":"2026-03-02T08:13:00Z","duration_seconds":780,\
            "summary":"the target is back, it was away for 13m"}\
            """,
            """
            {"text":":red_circle: the target is away, and no job can write: cannot connect to pg (metrics/dev)"}\
            """);
  }

  @Test
  void says_in_json_that_it_is_over() {
    assertThat(send(OVER, Format.JSON)).isInstanceOf(Delivery.Delivered.class);

    assertThat(receiver.requests().getFirst().body())
        .contains("\"event\":\"recovered\"")
        .contains("\"kind\":\"failed\"")
        .contains("\"closed_at\":\"2026-03-02T08:13:00Z\"")
        .contains("\"duration_seconds\":780")
        .contains("\"summary\":\"orders is well again, it was failing for 13m\"");
  }

  @Test
  void says_in_one_text_what_slack_understands() {
    assertThat(send(FAILED, Format.SLACK)).isInstanceOf(Delivery.Delivered.class);
    assertThat(send(OVER, Format.SLACK)).isInstanceOf(Delivery.Delivered.class);

    assertThat(receiver.requests())
        .extracting(Request::body)
        .containsExactly(
            "{\"text\":\":red_circle: orders is failing (run 4711): cannot read &lt;view&gt; &amp; \\\"more\\\"; grant it (metrics/dev)\"}",
            "{\"text\":\":large_green_circle: orders is well again, it was failing for 13m (metrics/dev)\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 429, 500, 503})
  void any_answer_but_success_is_a_failure(int status) {
    receiver.answering(status, Map.of());

    assertThat(send(FAILED, Format.JSON))
        .isEqualTo(new Delivery.Failed("answers with " + status, Optional.empty()));
  }

  @Test
  void passes_on_how_long_the_other_side_wants_to_be_left_alone_within_reason() {
    receiver.answering(429, Map.of("Retry-After", "90"));
    assertThat(rest(send(FAILED, Format.JSON))).contains(Duration.ofSeconds(90));

    receiver.answering(429, Map.of("Retry-After", "999999"));
    assertThat(rest(send(FAILED, Format.JSON))).contains(Duration.ofHours(1));

    receiver.answering(429, Map.of("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"));
    assertThat(rest(send(FAILED, Format.JSON))).isEmpty();
  }

  private static Optional<Duration> rest(Delivery delivery) {
    return ((Delivery.Failed) delivery).retryAfter();
  }

  @Test
  void carries_its_secrets_nowhere_a_redirect_leads() throws IOException {
    try (var elsewhere = new Receiver()) {
      receiver.answering(307, Map.of("Location", elsewhere.url() + "/caught"));

      assertThat(reason(send(FAILED, Format.JSON))).contains("redirect");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void waits_for_an_answer_no_longer_than_its_timeout() {
    receiver.fallingSilent();

    assertThat(reason(send(FAILED, Format.JSON, Duration.ofMillis(50))))
        .startsWith("does not answer");
  }

  @Test
  void says_of_an_address_where_nobody_listens_no_more_than_that() {
    receiver.close();

    assertThat(reason(send(FAILED, Format.JSON)))
        .startsWith("cannot be reached")
        .doesNotContain("s3cret");
  }

  private Delivery send(Incident incident, Format format) {
    return send(incident, format, PATIENCE);
  }

  private Delivery send(Incident incident, Format format, Duration timeout) {
    try (var webhook = webhook(format, timeout)) {
      return webhook.send(incident);
    }
  }

  private Webhook webhook(Format format, Duration timeout) {
    var settings =
        new WebhookSettings(
            "on-call",
            new Secret(receiver.url() + "/alerts?key=s3cret"),
            format,
            Map.of("Authorization", new Secret("Bearer t0ken")),
            timeout);
    return new Webhook(settings, "metrics/dev");
  }

  private static String reason(Delivery delivery) {
    return ((Delivery.Failed) delivery).reason();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "/s3cret",
        "ftp://host/s3cret",
        "https:s3cret",
        "https:///s3cret",
        "https://host/s3 cret",
        "https://user:s3cret@host/"
      })
  void refuses_what_is_no_address_without_showing_it(String url) {
    assertThatThrownBy(() -> settings(url, "X-Key", "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refuses_headers_that_cannot_be_sent_without_showing_their_values() {
    String url = "https://hooks.example.com";
    assertThatThrownBy(() -> settings(url, "X Key", "s3cret")).hasMessageContaining("no name");
    assertThatThrownBy(() -> settings(url, "Host", "s3cret")).hasMessageContaining("remove it");
    assertThatThrownBy(() -> settings(url, "X-Key", "s3cret\n"))
        .hasMessageContaining("line break")
        .hasMessageNotContaining("s3cret");
  }

  private static WebhookSettings settings(String url, String header, String value) {
    return new WebhookSettings(
        "on-call", new Secret(url), Format.JSON, Map.of(header, new Secret(value)), PATIENCE);
  }
}
