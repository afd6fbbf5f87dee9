package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process says on stdout, read all the time, and waited for with a bound. */
final class Talk {

  private final StringBuffer all = new StringBuffer();
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread reader;

  Talk(Process process) {
    var in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.reader =
        Thread.ofVirtual()
            .start(() -> {
              try (in) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  all.append(line).append('\n');
                  lines.add(line);
                }
              } catch (IOException gone) {
                all.append(gone).append('\n');
              }
            });
  }

  String all() {
    return all.toString();
  }

  Matcher await(Pattern pattern, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      String line = lines.poll(100, TimeUnit.MILLISECONDS);
      if (line == null) {
        if (!reader.isAlive() && lines.isEmpty()) {
          break;
        }
        continue;
      }
      Matcher found = pattern.matcher(line);
      if (found.find()) {
        return found;
      }
    }
    throw new AssertionError("it did not say " + pattern + ": " + all());
  }

  /** Until the process has closed its stdout, or somebody has kept it for too long. */
  void awaitEnd(Duration patience) throws InterruptedException {
    reader.join(patience);
  }
}
