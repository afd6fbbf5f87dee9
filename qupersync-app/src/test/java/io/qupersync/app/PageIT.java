package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The page in a real Chromium, over a whole program between two databases. */
@EnabledIf(
    value = "io.qupersync.app.Browser#isInstalled",
    disabledReason =
        "no /usr/bin/chromium and /usr/bin/chromedriver here: apt-get install chromium chromium-driver")
class PageIT {

  @TempDir static Path directory;
  @TempDir static Path profile;
  private static Trial trial;
  private static ServedTrial served;
  private static Browser browser;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    int port = ServedTrial.freePort();
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        server: { host: 127.0.0.1, port: %d }
        jobs:
          people:
            description: "<img src=x onerror=\\"document.title='owned'\\"> people"
            source: { table: public.people }
            target: people
            key: [id]
            schedule: manual
            columns: { age: { type: smallint } }
          broken:
            source: { table: public.is_not_there }
            target: broken
            key: [id]
            schedule: manual
          mended:
            source: { table: public.comes_later }
            target: mended
            key: [id]
            schedule: manual
          visits:
            source: { table: public.visits }
            target: visits
            key: [id]
            watermark: { column: at }
            schedule: manual
        """
            .formatted(port));
    trial.atSource(
        "create table public.people (id int, email text, age int)",
        "insert into public.people select i, 'ann' || i || '@example.org', i %% 90 from generate_series(1, 50) i"
            .replace("%%", "%"),
        "update public.people set age = 40000, email = '<img src=x onerror=\"document.title=''owned''\">' where id = 8",
        "create table public.visits (id int, at timestamptz)",
        "insert into public.visits select i, timestamptz '2026-03-01 00:00Z' + i * interval '1 hour' from generate_series(1, 48) i",
        "grant select on public.people, public.visits to public");
    served = new ServedTrial(trial, port);
    browser = new Browser(served.address(), profile);
  }

  @AfterAll
  static void stop() {
    browser.close();
    served.close();
    trial.close();
  }

  @BeforeEach
  void lookAtThePeople() {
    browser.blocks();
    browser.size(1280, 900);
    browser.open("/jobs/people");
    browser.sees("#pulse", "Live");
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    assertThat(browser.complaints()).isEmpty();
    browser.asksNobodyElse();
    assertThat(browser.title()).isNotEqualTo("owned");
    assertThat(browser.count("img")).isZero();
  }

  private void run(String job) {
    browser.open("/jobs/" + job);
    browser.click("#run");
    browser.sees("#messages", "Run ");
    browser.waiting(
        "the run to end",
        page ->
            page.texts("#messages").stream()
                .anyMatch(text -> text.matches("(?s)Run \\d+ of .+: (Success|Failed).*")));
  }

  /** Whoever reads the table waits until the work is done. */
  private void whileReadersWait(Runnable work) throws SQLException {
    whileReadersWaitFor("people", work);
  }

  private void whileReadersWaitFor(String table, Runnable work) throws SQLException {
    try (Connection connection = trial.source().adminConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table public.%s in access exclusive mode".formatted(table));
      work.run();
      connection.rollback();
    }
  }

  @Test
  void triggers_a_run_and_watches_it_end() throws SQLException {
    whileReadersWait(() -> {
      browser.click("#run");
      browser.sees("#live", "is under way");
      browser.sees("#health", "Running");
      browser.sees("#runs tr:first-child", "Running");
    });
    browser.sees("#messages", "Success, 50 rows in");
    browser.seesNo("#live");
    browser.sees("#runs tr:first-child", "Success");
    assertThat(browser.count("#chart rect.success")).isPositive();
  }

  @Test
  void cancels_a_run() throws SQLException {
    whileReadersWait(() -> {
      browser.click("#run");
      browser.click("#cancel");
      browser.sees("#messages", "Cancelled");
    });
    browser.sees("#runs tr:first-child", "Cancelled");
  }

  @Test
  void says_which_job_fails_and_why() {
    run("broken");
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.sees("#attention li", "is_not_there");
    browser.sees("#headline", "1 job failing");
    assertThat(browser.title()).startsWith("1 job failing");
  }

  @Test
  void a_job_that_failed_needs_attention_until_a_run_of_it_has_ended_well() throws SQLException {
    run("mended");
    trial.atSource(
        "create table public.comes_later (id int)", "grant select on public.comes_later to public");
    browser.open("/");
    whileReadersWaitFor(
        "comes_later",
        () -> {
          browser.click("#jobs button[aria-label='Run mended']");
          browser.sees("#running", "mended");
          browser.sees("#attention", "running again");
          browser.sees("#attention", "comes_later");
          browser.open("/jobs/mended");
          browser.sees("#live", "is under way");
          browser.sees("#health", "Failing");
          browser.sees("#why", "comes_later");
        });
    browser.sees("#health", "On time");
    browser.seesNo("#why");
    browser.open("/");
    browser.sees("#jobs", "mended");
    browser.waiting(
        "the list that was kept for a second to be forgotten",
        page -> page.texts("#attention").stream().noneMatch(text -> text.contains("mended")));
  }

  @Test
  void runs_a_job_in_full_from_a_dialog() {
    browser.click("#run-other");
    browser.sees("dialog", "Only for jobs with a watermark");
    browser.click("dialog button.primary");
    browser.sees("#messages", "of people: Success, 50 rows");
    browser.seesNo("dialog");
    browser.sees("#runs tr:first-child", "Success");
  }

  @Test
  void fills_a_slice_in_from_a_dialog_that_says_what_is_wrong() throws SQLException {
    browser.open("/jobs/visits");
    browser.sees("#pulse", "Live");
    whileReadersWaitFor(
        "visits",
        () -> {
          browser.click("#run");
          browser.sees("#live", "is under way");
          browser.click("#run-other");
          browser.click("dialog input[value=backfill]");
          browser.type("dialog #field-to", "2026-03-01T12:00:00Z");
          browser.click("dialog button.primary");
          browser.sees("dialog .wrong", "A backfill needs both ends.");
          assertThat(browser.script("return document.activeElement.id")).isEqualTo("field-from");

          browser.type("dialog #field-from", "2026-03-01T09:00:00Z");
          browser.click("dialog button.primary");
          browser.sees("dialog .wrong", "is already running");
          assertThat(browser.complaints()).as("of the refusal only").hasSize(1);
        });
    browser.sees("#messages", "of visits: Success, 48 rows");
    browser.click("dialog button.primary");
    browser.sees("#messages", "of visits: Success, 4 rows");
    browser.seesNo("dialog");
    browser.sees("#runs tr:first-child", "Success");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/broken", "/"})
  void tells_how_a_run_ended_even_when_no_event_says_so(String path) {
    browser.blocks("*/api/v1/events");
    browser.open(path);
    browser.sees("#pulse", "No live updates");
    browser.click("#run, #jobs button[aria-label='Run broken']");
    browser.sees("#messages", "of broken: Failed");
    browser.sees("#health, #jobs", "Failing");
    browser.blocks();
    browser.sees("#pulse", "Live");
    assertThat(browser.complaints())
        .as("of the stream only")
        .allMatch(complaint -> complaint.contains("/api/v1/events"));
  }

  @Test
  void tells_the_end_of_a_run_once_whoever_hears_of_it_first() {
    assertThat(
            browser.await(
                """
                const { follow, heardEnd, tellEnd } = await import("/page/endings.js");
                const said = [];
                const messages = document.getElementById("messages");
                const run = number => ({ run_id: number, sync_job_id: "people", status: "running" });
                const ended = number => ({ ...run(number), status: "success", duration_ms: 1000, rows_read: 7 });
                const tells = what => {
                  messages.replaceChildren();
                  what();
                  said.push(messages.querySelector(".message span")?.textContent.slice(0, 28) ?? "nothing");
                };
                tells(() => follow(run(9001), "it has started"));
                tells(() => heardEnd(ended(9001)));
                tells(() => { heardEnd(ended(9001)); tellEnd(ended(9001)); });
                tells(() => heardEnd(ended(9002)));
                tells(() => follow(run(9002), "it has started"));
                tells(() => follow(ended(9003), "it has started"));
                tells(() => heardEnd(ended(9003)));
                return said.join("; ");
                """))
        .isEqualTo(
            "it has started; Run 9001 of people: Success,; nothing;"
                + " nothing; Run 9002 of people: Success,; Run 9003 of people: Success,; nothing");
  }

  @Test
  void what_an_event_told_of_a_run_outdoes_an_older_list() {
    assertThat(
            browser.await(
                """
                const { heardEnd } = await import("/page/endings.js");
                const { Jobs } = await import("/page/jobs.js");
                const jobs = new Jobs();
                const run = { run_id: 9101, sync_job_id: "people", status: "running" };
                const job = (last, running) => ({ id: "people", last_run: { run_id: last }, running });
                const stands = behind => [jobs.all()[0].running?.run_id ?? "idle", ...behind].join(" ");
                const saw = [stands(jobs.take([job(9100, null)]))];
                jobs.hear(run);
                saw.push(stands(jobs.take([job(9100, null)])), stands(jobs.take([job(9101, run)])));
                heardEnd({ ...run, status: "success" });
                saw.push(stands(jobs.take([job(9101, run)])), stands(jobs.take([job(9101, null)])));
                return saw.join(", ");
                """))
        .isEqualTo("idle, 9101 people, 9101, idle people, idle");
  }

  @Test
  void shows_the_running_job_on_the_overview_without_being_asked() throws SQLException {
    browser.open("/");
    browser.sees("#pulse", "Live");
    whileReadersWait(() -> {
      browser.click("#jobs button[aria-label='Run people']");
      browser.sees("#running", "people");
      browser.sees("#jobs", "Cancel");
    });
    browser.seesNo("#running li");
  }

  @Test
  void a_run_can_be_started_with_the_keyboard_alone() {
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.tabTo("button[aria-label='Run people']");
    browser.press(Keys.ENTER);
    browser.sees("#messages", "of people has started");
    browser.waiting(
        "the run to end", page -> page.count("#jobs button[aria-label='Run people']") == 1);
    assertThat(browser.script("return document.activeElement.getAttribute('aria-label')"))
        .as("the focus stays where it was")
        .isEqualTo("Run people");
  }

  @Test
  void shows_rejected_rows_as_text_and_discards_them_when_asked_twice() {
    run("people");
    browser.sees("#letters", "out of range for smallint");
    browser.click("#letters summary");
    browser.sees("#letters .values", "<img src=x onerror=");
    browser.click("#discard");
    browser.sees("dialog", "Discard 1 rejected row?");
    browser.press(Keys.ESCAPE);
    browser.seesNo("dialog");
    browser.sees("#letters-count", "1 row waiting");
    browser.click("#discard");
    browser.click("dialog button.danger");
    browser.sees("#letters-none", "None is waiting");
  }

  @Test
  void tries_rejected_rows_again() throws SQLException {
    run("people");
    trial.atTarget(
        "truncate quper.people",
        "delete from quper.dead_letters",
        "alter table quper.people add constraint young check (age < 40)");
    run("people");
    browser.sees("#letters", "young");
    trial.atTarget("alter table quper.people drop constraint young");
    browser.click("#replay");
    browser.sees("#letters-count", "1 row waiting");
    assertThat(
            trial
                .targetRows("select count(*) from quper.people where age >= 40")
                .getFirst()
                .getFirst())
        .isNotEqualTo("0");
  }

  @Test
  void pauses_a_job_and_resumes_it() {
    browser.click("#pause");
    browser.sees("#health", "Paused");
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.sees("#jobs", "Paused");
    browser.open("/jobs/people");
    browser.waiting("a way to resume", page -> page.texts("#pause").contains("Resume"));
    browser.click("#pause");
    browser.waiting("the job to go on", page -> page.texts("#pause").contains("Pause"));
    browser.waiting("it to say so", page -> !page.texts("#health").contains("Paused"));
  }

  @Test
  void changes_the_schedule_and_goes_back_to_the_files() {
    browser.click("#reschedule");
    browser.click("dialog input[value=every]");
    browser.type("dialog #field-every", "soon");
    browser.click("dialog button.primary");
    browser.waiting(
        "what is wrong",
        page -> page.texts("dialog .wrong").stream().anyMatch(it -> !it.isBlank()));
    assertThat(browser.complaints()).as("of the refusal only").hasSize(1);
    browser.click("dialog input[value=cron]");
    browser.type("dialog #field-cron", "0 0 1 1 *");
    browser.type("dialog #field-timezone", "UTC");
    browser.click("dialog button.primary");
    browser.sees("#facts", "changed by hand");
    browser.sees("#facts", "0 0 1 1 *");
    browser.click("#reschedule");
    browser.click("dialog .apart");
    browser.sees("#facts", "as in the file");
  }

  @Test
  void shows_the_statements_of_the_next_run() {
    browser.click("#plan-load");
    browser.sees("#plan", "on conflict");
    browser.sees("#plan", "smallint");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 768, 1280, 2560})
  void needs_no_scrolling_to_the_side(int width) {
    browser.size(width, 900);
    browser.sees("#facts", "people");
    browser.fitsItsWidth();
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.fitsItsWidth();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keeps_nobody_out(boolean dark) {
    browser.prefersDark(dark);
    run("people");
    browser.click("#letters summary");
    browser.isAccessible();
    browser.click("#run-other");
    browser.sees("dialog", "Run people");
    browser.isAccessible();
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.isAccessible();
  }
}
