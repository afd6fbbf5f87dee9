package io.qupersync.interfaces.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// How many columns the terminal of this process has. It is asked again after a while, for people
/// make windows wider and narrower; what cannot be found out is taken for 80. Safe for use by many
/// threads.
final class TerminalWidth implements IntSupplier {

  private static final int USUAL = 80;

  /// Narrower than this nothing can be shown at all.
  private static final int LEAST = 20;

  private static final Executor WHEN_STALE =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);
  private static final long PATIENCE_MILLIS = 500;

  private final int fallback;

  /// 0 when it is to be asked again.
  private int known;

  TerminalWidth(Map<String, String> environment) {
    this.fallback = number(environment.getOrDefault("COLUMNS", ""), USUAL);
  }

  @Override
  public synchronized int getAsInt() {
    if (known == 0) {
      known = Math.max(LEAST, ask());
      WHEN_STALE.execute(this::forget);
    }
    return known;
  }

  private synchronized void forget() {
    known = 0;
  }

  /// POSIX has no other way to ask for it than this program, and Java none at all without native
  /// code.
  private int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
          return fallback;
        }
        String answer =
            new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        return number(answer.substring(answer.indexOf(' ') + 1), fallback);
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException noTerminal) {
      return fallback;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return fallback;
    }
  }

  private static int number(String text, int otherwise) {
    return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
  }
}
