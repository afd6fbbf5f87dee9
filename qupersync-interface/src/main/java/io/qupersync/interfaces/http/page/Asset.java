package io.qupersync.interfaces.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A file the page's documents ask for: a style sheet, a script or a drawing.
///
/// @param tag its entity tag, quotes included; other contents have another
public record Asset(String name, String type, String contents, String tag) {

  private static final List<String> NAMES =
      List.of(
          "page.css",
          "overview.css",
          "job.css",
          "docs.css",
          "icon.svg",
          "icons.svg",
          "access.js",
          "answers.js",
          "api.js",
          "chart.js",
          "commands.js",
          "dialogs.js",
          "dom.js",
          "endings.js",
          "facts.js",
          "job.js",
          "jobs.js",
          "letters.js",
          "live.js",
          "overview.js",
          "plan.js",
          "rows.js",
          "runs.js",
          "states.js",
          "times.js");
  private static final int TAG_BYTES = 12;

  public static List<Asset> all() {
    return NAMES.stream().map(Asset::named).toList();
  }

  private static Asset named(String name) {
    String contents = contents(name);
    return new Asset(name, type(name), contents, tag(contents));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  private static String tag(String contents) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(contents.getBytes(UTF_8));
      return '"' + HexFormat.of().formatHex(Arrays.copyOf(hash, TAG_BYTES)) + '"';
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static String contents(String name) {
    try (InputStream file = Asset.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
