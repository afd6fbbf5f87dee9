package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.run.FatalErrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that run out of memory, started without any flag that would end them. */
@Timeout(120)
class LastResortTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform", "caught", "wrapped"})
  void a_process_that_runs_out_of_memory_ends_with_one_line(String where) throws Exception {
    Path err = directory.resolve("err");
    Process process = program(where).redirectError(err.toFile()).start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(LastResort.OUT_OF_MEMORY);
    assertThat(Files.readAllLines(err).stream().filter(line -> line.startsWith("qupersync:")))
        .singleElement()
        .asString()
        .startsWith("qupersync: out of memory, ends at once with exit code 3; start it again");
  }

  @Test
  void a_stderr_that_nobody_reads_does_not_keep_it() throws Exception {
    Process process = program("stalled").start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(LastResort.OUT_OF_MEMORY);
  }

  @Test
  void any_other_error_of_a_thread_ends_only_that_thread() throws Exception {
    Process process = program("other").redirectErrorStream(true).start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isZero();
  }

  private static ProcessBuilder program(String where) {
    var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    command.addAll(List.of("-Xmx24m", "-XX:+UseSerialGC", "-cp"));
    command.add(
        Stream.of(LastResort.class, LastResortTest.class, FatalErrors.class, org.slf4j.Logger.class)
            .map(known -> known.getProtectionDomain().getCodeSource())
            .map(CodeSource::getLocation)
            .map(location -> Path.of(location.getPath()).toString())
            .distinct()
            .collect(Collectors.joining(System.getProperty("path.separator"))));
    command.addAll(List.of(Program.class.getName(), where));
    return new ProcessBuilder(command);
  }

  /** Has something else to do for ever, as a service has. */
  static final class Program {

    private static final List<long[]> HELD = new ArrayList<>();

    public static void main(String[] arguments) throws InterruptedException {
      LastResort.install();
      var done = new CountDownLatch(1);
      switch (arguments[0]) {
        case "virtual" -> Thread.ofVirtual().start(Program::fill);
        case "platform" -> Thread.ofPlatform().start(Program::fill);
        case "caught" -> Thread.ofVirtual().start(() -> passedOn(Program::fill));
        case "wrapped" ->
            Thread.ofVirtual()
                .start(() -> passedOn(() -> CompletableFuture.runAsync(Program::fill).join()));
        case "stalled" -> {
          Thread.ofPlatform().daemon().start(Program::chatter);
          Thread.ofPlatform().start(Program::fill);
        }
        default ->
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    throw new AssertionError("a defect");
                  } finally {
                    done.countDown();
                  }
                });
      }
      done.await();
    }

    private static void passedOn(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException | Error failure) {
        FatalErrors.passOn(failure);
      }
    }

    private static void fill() {
      while (true) {
        HELD.add(new long[100_000]);
      }
    }

    /** More than a pipe holds. */
    private static void chatter() {
      while (true) {
        System.err.println("x".repeat(1000));
      }
    }
  }
}
