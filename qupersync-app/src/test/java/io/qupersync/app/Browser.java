package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real, headless Chromium with a profile of its own, looking at one served instance. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final ChromeDriver driver;

  Browser(URI server, Path profile) {
    this.server = server;
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    this.driver = new ChromeDriver(service, options(profile));
    size(1280, 900);
  }

  /** Asked by the tests' condition; its name says in the report why they did not run. */
  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  private static ChromeOptions options(Path profile) {
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    var options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-prefers-reduced-motion",
        "--user-data-dir=" + profile);
    return options;
  }

  Browser open(String path) {
    driver.get(server.resolve(path).toString());
    return this;
  }

  /** The viewport's size, which may be narrower than a window can be. */
  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
  }

  void prefersDark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** Lets no request through whose address matches, until it is called with none. */
  void blocks(String... addresses) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
  }

  WebElement find(String selector) {
    return waiting(
            "there to be " + selector,
            it -> !it.driver.findElements(By.cssSelector(selector)).isEmpty())
        .driver
        .findElement(By.cssSelector(selector));
  }

  List<String> texts(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  void click(String selector) {
    waiting(selector + " to take a click", it -> it.isReady(selector)).find(selector).click();
  }

  private boolean isReady(String selector) {
    return driver.findElements(By.cssSelector(selector)).stream()
        .findFirst()
        .filter(found -> found.isDisplayed() && found.isEnabled())
        .isPresent();
  }

  void type(String selector, String text) {
    WebElement field = find(selector);
    field.clear();
    field.sendKeys(text);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Goes on with the tabulator alone until what has the focus is found. */
  void tabTo(String selector) {
    for (int presses = 0; presses < 200; presses++) {
      if (script("return document.activeElement.matches(arguments[0])", selector).equals(true)) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("the tabulator never came to " + selector);
  }

  /** Waits until the text of the first match contains the words. */
  void sees(String selector, String words) {
    waiting(
        "'%s' in %s".formatted(words, selector),
        it -> it.texts(selector).stream().anyMatch(text -> text.contains(words)));
  }

  void seesNo(String selector) {
    waiting("no " + selector, it -> it.texts(selector).stream().allMatch(String::isEmpty));
  }

  Browser waiting(String what, Predicate<Browser> condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
        .ignoring(StaleElementReferenceException.class)
        .withMessage(() -> "waited for %s; the page says:\n%s".formatted(what, text()))
        .until(_ -> condition.test(this));
    return this;
  }

  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  String title() {
    return driver.getTitle();
  }

  Object script(String code, Object... arguments) {
    return driver.executeScript(code, arguments);
  }

  /** What the code returns once all it awaits has come. */
  Object await(String code, Object... arguments) {
    return script("return (async () => {" + code + "})()", arguments);
  }

  /** What the console complained of since it was asked last. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  void asksNobodyElse() {
    var asked =
        (List<?>)
            script("return performance.getEntriesByType('resource').map(entry => entry.name)");
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(url -> assertThat(url.toString()).startsWith(server + "/"));
  }

  void fitsItsWidth() {
    assertThat(
            script(
                """
                const width = document.documentElement.clientWidth;
                const wide = [...document.querySelectorAll("body *")]
                  .filter(node => !node.closest(".scroll, pre, .hidden-text, .jobs thead") && node.getBoundingClientRect().right > width + 1)
                  .map(node => node.tagName + "." + node.className + "#" + node.id);
                return document.documentElement.scrollWidth > width ? ["the document scrolls", ...wide] : wide;
                """))
        .as("what is wider than the window")
        .isEqualTo(List.of());
  }

  /** Looks for what keeps people out, by the rules of WCAG 2.2 A and AA. */
  void isAccessible() {
    var found =
        new AxeBuilder()
            .withTags(
                List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
            .analyze(driver);
    assertThat(found.getViolations()).extracting(Browser::inWords).as("what axe finds").isEmpty();
    assertThat(found.getPasses()).as("rules that were looked at").hasSizeGreaterThan(15);
  }

  private static String inWords(Rule rule) {
    return rule.getId() + ": " + rule.getHelp() + " " + rule.getNodes();
  }

  /** From the next page on, as a picture is prettier. */
  void hidesItsScrollbars() {
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
  }

  byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
