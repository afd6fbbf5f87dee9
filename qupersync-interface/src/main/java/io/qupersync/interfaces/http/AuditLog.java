package io.qupersync.interfaces.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.qupersync.interfaces.text.HumanText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One log line for every change and every refused one: who, what, from where, and what came of it.
/// Holds no token and no value of a row.
final class AuditLog {

  static final String LOGGER = "io.qupersync.audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
  private static final String NOTE = "audit";

  private AuditLog() {}

  static void addTo(RoutesConfig javalin) {
    javalin.after(AuditLog::log);
  }

  /// Adds to the request's line what the path does not say.
  static void note(Context request, String words) {
    request.attribute(NOTE, words);
  }

  /// Cannot end the quotes it stands in, nor the line.
  private static String escaped(String sent) {
    var text = new StringBuilder();
    HumanText.oneLine(sent)
        .codePoints()
        .forEach(letter -> {
          if (letter == '"' || letter == '\\') {
            text.append('\\').appendCodePoint(letter);
          } else if (Character.isISOControl(letter)) {
            text.append("\\u%04x".formatted(letter));
          } else {
            text.appendCodePoint(letter);
          }
        });
    return text.toString();
  }

  private static void log(Context request) {
    if (!Gatekeeper.isChange(request)) {
      return;
    }
    String note = request.attribute(NOTE);
    LOG.info(
        "who={} from={} did=\"{} {}\" status={}{}",
        Gatekeeper.callerOf(request).name(),
        request.ip(),
        escaped(request.method().name()),
        escaped(request.path()),
        request.statusCode(),
        note == null ? "" : " " + HumanText.oneLine(note));
  }
}
