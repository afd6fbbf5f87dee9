package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static final String JOB = "/api/v1/jobs/orders";
  private static final String SCHEDULE = JOB + "/schedule";

  private final Served api = Served.openly();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void changes_when_a_job_runs_and_says_who_did() {
    Served.Answer changed = api.put(SCHEDULE, "{\"every\": \"10m\", \"jitter\": \"30s\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.text("/schedule/every_seconds")).isEqualTo("600");
    assertThat(changed.text("/schedule/jitter_seconds")).isEqualTo("30");
    assertThat(changed.text("/schedule/origin")).isEqualTo("changed");
    assertThat(changed.text("/schedule/changed_by")).isEqualTo("local");
    assertThat(api.get(JOB).json().get("schedule")).isEqualTo(changed.json().get("schedule"));
  }

  @Test
  void answers_with_the_next_run_by_the_new_schedule() {
    Served.Answer daily = api.put(SCHEDULE, "{\"cron\": \"0 2 * * *\"}");
    assertThat(daily.text("/next_run"))
        .isEqualTo(api.world.clock.instant().plus(Duration.ofDays(1)).toString());
    Served.Answer soon = api.put(SCHEDULE, "{\"every\": \"10m\"}");
    assertThat(soon.text("/next_run"))
        .isEqualTo(api.world.clock.instant().plus(Duration.ofMinutes(10)).toString());
    assertThat(api.put(SCHEDULE, "\"manual\"").json().get("next_run").isNull()).isTrue();
    assertThat(api.delete(SCHEDULE).json().get("next_run"))
        .isEqualTo(api.get(JOB).json().get("next_run"));
  }

  @Test
  void takes_the_forms_of_the_configuration() {
    Served.Answer cron =
        api.put(SCHEDULE, "{\"cron\": \"0 2 * * *\", \"timezone\": \"US/Pacific\"}");
    assertThat(cron.text("/schedule/cron")).isEqualTo("0 2 * * *");
    assertThat(cron.text("/schedule/timezone")).isEqualTo("US/Pacific");
    assertThat(api.put(SCHEDULE, "{\"cron\": \"0 2 * * *\"}").text("/schedule/timezone"))
        .as("where none is named")
        .isEqualTo("UTC");
    assertThat(api.put(SCHEDULE, "\"manual\"").text("/schedule/manual")).isEqualTo("true");
  }

  @Test
  void goes_back_to_what_the_file_says() {
    String file = api.get(JOB).text("/schedule/text");
    api.put(SCHEDULE, "\"manual\"");
    Served.Answer restored = api.delete(SCHEDULE);
    assertThat(restored.text("/schedule/origin")).isEqualTo("file");
    assertThat(restored.text("/schedule/text")).isEqualTo(file);
  }

  @Test
  void pauses_and_resumes() {
    Served.Answer paused = api.post(JOB + "/pause", "");
    assertThat(paused.text("/paused")).isEqualTo("true");
    assertThat(paused.text("/health")).isEqualTo("paused");
    assertThat(paused.text("/reason")).startsWith("paused by local");
    assertThat(api.post(JOB + "/resume", "").text("/paused")).isEqualTo("false");
  }

  @Test
  void changes_nothing_that_has_changed_meanwhile() {
    String seen = api.get(JOB).header("ETag");
    assertThat(putKnowing(seen).status()).isEqualTo(200);
    Served.Answer late = putKnowing(seen);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.text("/type")).endsWith("#precondition-failed");
    assertThat(putKnowing(api.get(JOB).header("ETag")).status()).isEqualTo(200);
    assertThat(putKnowing("*").status()).isEqualTo(200);
  }

  private Served.Answer putKnowing(String tag) {
    return api.send(
        SCHEDULE,
        request ->
            request
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .PUT(BodyPublishers.ofString("{\"every\": \"7m\"}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"every\": \"soon\"}                   | every",
        "{\"every\": \"0s\"}                     | every",
        "{\"every\": \"1ms\"}                    | every",
        "{\"every\": \"999ms\"}                  | every",
        "{\"every\": \"5m\", \"timezone\":\"UTC\"} | timezone",
        "{\"cron\": \"0 2 * *\"}                 | cron",
        "{\"cron\": \"0 2 * * *\", \"timezone\": \"Mars\"} | timezone",
        "{\"every\": \"5m\", \"jitter\": -1}     | jitter",
        "{\"often\": true}                       | often",
        "{\"every\": \"5m\", \"cron\": \"0 2 * * *\"} | ",
        "{}                                      | ",
        "\"sometimes\"                           | ",
        "7                                       | ",
      })
  void says_what_is_wrong_with_a_schedule(String body, String field) {
    Served.Answer answer = api.put(SCHEDULE, body);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    assertThat(answer.json().path("field").asString(null)).isEqualTo(field);
  }
}
