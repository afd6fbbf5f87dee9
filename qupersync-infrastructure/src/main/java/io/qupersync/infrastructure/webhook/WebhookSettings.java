package io.qupersync.infrastructure.webhook;

import io.qupersync.infrastructure.jdbc.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Where and how to tell someone. The address counts as a secret: whoever knows that of a chat can
/// write there.
///
/// @param name unique among the channels
/// @param headers sent with each message; their values are secrets too
/// @param timeout for one delivery
public record WebhookSettings(
    String name, Secret url, Format format, Map<String, Secret> headers, Duration timeout) {

  /// What the other side reads.
  public enum Format {
    /// An object with everything there is to say.
    JSON,
    /// What Slack, Mattermost, Rocket.Chat and others take: one text.
    SLACK
  }

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]+");

  /// Set by the client itself, which refuses them.
  private static final Set<String> ITS_OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "content-type");

  public WebhookSettings {
    headers = Map.copyOf(headers);
    headers.forEach(WebhookSettings::requireHeader);
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("timeout must be at most 1m, and more than nothing");
    }
    URI _ = address(url);
  }

  URI address() {
    return address(url);
  }

  /// @throws IllegalArgumentException when the text is no address to send to; the message does not
  ///   show it
  public static URI address(Secret url) {
    URI address = parsed(url);
    boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    if (!isWeb || address.getHost() == null) {
      throw new IllegalArgumentException(
          "must be an address such as https://hooks.example.com/alerts");
    }
    if (address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold a user or password, which would not be sent; write headers: { Authorization: … }");
    }
    return address;
  }

  private static URI parsed(Secret url) {
    try {
      return new URI(url.reveal());
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException(
          "is no address; it holds a character that must be percent-encoded");
    }
  }

  private static void requireHeader(String name, Secret value) {
    if (!HEADER_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'%s' is no name of a header".formatted(name));
    }
    if (ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the header '%s' is set by QuperSync itself; remove it".formatted(name));
    }
    if (!HEADER_VALUE.matcher(value.reveal()).matches()) {
      throw new IllegalArgumentException(
          "the header '%s' holds what a header cannot hold, such as a line break".formatted(name));
    }
  }
}
