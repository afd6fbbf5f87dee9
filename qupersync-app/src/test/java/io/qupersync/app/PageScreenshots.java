package io.qupersync.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of docs/page.md of a served demo; by hand, after a change that shows: {@code
 * ./qupersync demo} in one shell, in another {@code ./mvnw test -pl qupersync-app -am
 * -Dtest=PageScreenshots -Dsurefire.failIfNoSpecifiedTests=false -Dpage=http://127.0.0.1:8080}.
 */
class PageScreenshots {

  private static final Path IMAGES = Path.of("../docs/images");

  @TempDir Path profile;

  @Test
  void overview_and_job_in_light_and_dark() throws IOException {
    try (var browser = new Browser(URI.create(System.getProperty("page")), profile)) {
      browser.size(1180, 760);
      browser.hidesItsScrollbars();
      browser.open("/");
      browser.sees("#pulse", "Live");
      browser.sees("#jobs", "query_history_sync");
      picture(browser, "overview", false);
      picture(browser, "overview", true);
      browser.open("/jobs/query_history_sync");
      browser.sees("#pulse", "Live");
      for (int runs = 0; runs < 20; runs++) {
        browser.click("#run");
        browser.sees("#messages", "Success");
        browser.click("#messages button");
        browser.seesNo("#messages");
      }
      picture(browser, "job", false);
      picture(browser, "job", true);
    }
  }

  private static void picture(Browser browser, String name, boolean dark) throws IOException {
    browser.prefersDark(dark);
    Files.createDirectories(IMAGES);
    String file = "page-%s-%s.png".formatted(name, dark ? "dark" : "light");
    Files.write(IMAGES.resolve(file), browser.screenshot());
  }
}
