package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on the page, and what it says when nobody answers any more. */
@EnabledIf(
    value = "io.qupersync.app.Browser#isInstalled",
    disabledReason =
        "no /usr/bin/chromium and /usr/bin/chromedriver here: apt-get install chromium chromium-driver")
class PageAccessIT {

  @TempDir Path directory;
  @TempDir Path profile;
  private Trial trial;
  private int port;
  private ServedTrial served;
  private Browser browser;

  @BeforeEach
  void start() throws SQLException {
    trial = new Trial(directory);
    port = ServedTrial.freePort();
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        server:
          host: 127.0.0.1
          port: %d
          tokens:
            - { name: board, token: see-all-of-it-0123456789, role: viewer }
            - { name: ops, token: do-all-of-it-0123456789, role: operator }
        jobs:
          people: { source: { table: public.people }, target: people, key: [id], schedule: manual }
        """
            .formatted(port));
    trial.atSource(
        "create table public.people (id int, name text)",
        "insert into public.people select i, 'ann' || i from generate_series(1, 50) i",
        "grant select on public.people to public");
    served = new ServedTrial(trial, port);
    browser = new Browser(served.address(), profile);
  }

  @AfterEach
  void stop() {
    browser.close();
    served.close();
    trial.close();
  }

  private void give(String token) {
    browser.type("#token-field", token);
    browser.click("dialog button.primary");
  }

  @Test
  void a_viewer_sees_everything_and_is_told_who_may_do_more() throws SQLException {
    browser.open("/");
    browser.sees("dialog", "Reading needs a viewer's token");
    assertThat(browser.text()).doesNotContain("people");
    browser.isAccessible();

    give("no-such-token-0123456789");
    browser.sees("#locked", "A token is needed");
    browser.click("#token");
    give("see-all-of-it-0123456789");
    browser.sees("#jobs", "people");
    browser.sees("#pulse", "Live");

    browser.click("#jobs button");
    browser.sees(
        "#messages [role=alert]", "Running people is for operators: this token may only read");
    assertThat(trial.targetRows("select * from quper.sync_logs")).isEmpty();

    browser.click("#messages .end button");
    give("do-all-of-it-0123456789");
    browser.click("#jobs button");
    browser.sees("#jobs .last", "50 rows in");
  }

  @Test
  void keeps_the_token_in_this_tab_only() {
    browser.open("/");
    give("do-all-of-it-0123456789");
    browser.sees("#jobs", "people");
    browser.open("/jobs/people");
    browser.sees("#facts", "public.people");
    assertThat(
            browser.script(
                "return [localStorage.length, document.cookie, location.href.includes('do-all')]"))
        .hasToString("[0, , false]");

    browser.click("#token");
    browser.click("dialog .apart");
    browser.sees("#lost", "The token has not been accepted");
  }

  @Test
  void says_since_when_it_has_known_nothing_and_comes_back_by_itself() {
    browser.open("/");
    give("see-all-of-it-0123456789");
    browser.sees("#pulse", "Live");

    served.close();
    browser.sees("#lost", "Connection lost since");
    browser.sees("#headline", "As of ");
    assertThat(browser.count("body.stale")).isOne();
    assertThat(browser.title()).startsWith("Connection lost");
    assertThat(browser.texts("main time")).noneMatch(text -> text.endsWith(" ago"));

    served = new ServedTrial(trial, port);
    browser.sees("#pulse", "Live");
    assertThat(browser.count("body.stale")).isZero();
  }
}
