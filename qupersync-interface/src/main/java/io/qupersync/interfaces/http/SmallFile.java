package io.qupersync.interfaces.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Reads files that hold a secret or a certificate, and nothing that would not end: a pipe or a
/// device is no such file, nor is one that is large, nor one whose disk does not answer.
public final class SmallFile {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private SmallFile() {}

  /// @throws IOException when it is no regular file, holds more, or cannot be read in time; the
  ///   message says so in the user's words, without the path
  public static byte[] read(Path file, int maxBytes) throws IOException {
    // on a thread of its own, which is left behind where the disk does not answer
    var reading = new FutureTask<>(() -> readNow(file, maxBytes));
    Thread.ofPlatform().daemon().name("file").start(reading);
    try {
      return reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new IOException("cannot be read within %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known
          ? known
          : new IOException("cannot be read", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("reading was interrupted", interrupted);
    }
  }

  private static byte[] readNow(Path file, int maxBytes) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("is no regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("is larger than %d KB".formatted(maxBytes >> 10));
      }
      return bytes;
    }
  }
}
