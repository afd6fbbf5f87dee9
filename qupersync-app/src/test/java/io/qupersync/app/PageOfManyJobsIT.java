package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The overview of six hundred jobs, one of which holds the only place there is for a run. */
@EnabledIf(
    value = "io.qupersync.app.Browser#isInstalled",
    disabledReason =
        "no /usr/bin/chromium and /usr/bin/chromedriver here: apt-get install chromium chromium-driver")
class PageOfManyJobsIT {

  private static final int IDLE = 598;
  private static final int SHOWN = 500;

  @TempDir static Path directory;
  @TempDir static Path profile;
  private static Trial trial;
  private static Connection holdingUp;
  private static ServedTrial served;
  private static Browser browser;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    int port = ServedTrial.freePort();
    String idle =
        IntStream.range(0, IDLE)
            .mapToObj(
                "  idle_%1$03d: { source: { table: public.idle }, target: idle_%1$03d, key: [id], schedule: manual }\n"
                    ::formatted)
            .collect(Collectors.joining());
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        server: { host: 127.0.0.1, port: %d }
        max_concurrent_runs: 1
        defaults: { misfire_grace: 1h }
        jobs:
          busy: { source: { table: public.orders }, target: orders, key: [id], schedule: { every: 1h } }
          waits: { source: { table: public.orders }, target: copies, key: [id], schedule: { every: 1h } }
        %s\
        """
            .formatted(port, idle));
    trial.atSource(
        "create table public.orders (id int)", "grant select on public.orders to public");
    holdingUp = trial.source().adminConnection();
    holdingUp.setAutoCommit(false);
    try (Statement lock = holdingUp.createStatement()) {
      lock.execute("lock table public.orders in access exclusive mode");
    }
    served = new ServedTrial(trial, port);
    browser = new Browser(served.address(), profile);
  }

  @AfterAll
  static void stop() throws SQLException {
    browser.close();
    holdingUp.close();
    served.close();
    trial.close();
  }

  @AfterEach
  void nothingWentWrongUnseen() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void finds_one_of_them_by_a_few_letters() {
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.waiting("as many jobs as are shown at first", page -> page.count("#jobs tr") == SHOWN);
    browser.fitsItsWidth();
    browser.press("/");
    browser.press("le_123");
    browser.waiting("the one", page -> page.count("#jobs tr") == 1);
    browser.sees("#jobs", "idle_123");
    browser.sees("#found", "1 of 600 jobs");
  }

  @Test
  void shows_the_rest_when_asked_to() {
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.sees("#shown", "500 of 600 jobs");
    browser.click("#show-more");
    browser.waiting("every job", page -> page.count("#jobs tr") == IDLE + 2);
    browser.sees("#shown", "600 of 600 jobs");
    browser.fitsItsWidth();
  }

  /** It takes a twentieth of this where the machine does nothing else. */
  @Test
  void draws_them_without_keeping_a_hand_waiting() {
    browser.open("/");
    browser.sees("#pulse", "Live");
    browser.waiting("as many jobs as are shown at first", page -> page.count("#jobs tr") == SHOWN);
    var longest =
        (Number)
            browser.await(
                """
                let longest = 0;
                const search = document.getElementById("search");
                for (const words of ["idle", "idle_4", "", "_1", "nothing such", ""]) {
                  let began;
                  requestAnimationFrame(() => began = performance.now()); // the frame in which it draws
                  search.value = words;
                  search.dispatchEvent(new Event("input"));
                  await new Promise(requestAnimationFrame);
                  document.body.getBoundingClientRect();
                  longest = Math.max(longest, performance.now() - began);
                }
                return longest;
                """);
    assertThat(longest.doubleValue()).as("milliseconds of one drawing").isLessThan(3000);
  }

  @Test
  void says_which_job_is_late_and_since_when() throws SQLException {
    trial.atTarget(
        "update quper.schedules set due_at = due_at - interval '2 minutes' where job_id = 'waits'");
    browser.open("/");
    browser.sees("#running", "busy");
    browser.sees("#attention", "Late");
    browser.sees("#attention", "its run was due at ");
    browser.sees("#headline", "1 late");
    browser.sees("#jobs tr:first-child", "waits");
    browser.open("/jobs/waits");
    browser.sees("#health", "Late");
    browser.sees("#why", "and has not begun");
  }
}
