package io.qupersync.infrastructure.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names by which processes hold leases, `host:pid:startMillis`, and whether such a process has
/// died. Only of processes on this very host can that be told; anyone else gets the benefit of the
/// doubt until its lease expires.
public final class ProcessOwner implements Predicate<String> {

  private static final Pattern NAME = Pattern.compile("(.+):(\\d{1,10}):(\\d{1,19})");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

  private final String host;

  ProcessOwner(String host) {
    this.host = host;
  }

  public static ProcessOwner onThisHost() {
    return new ProcessOwner(thisHost());
  }

  /// The name of this process.
  public String name() {
    ProcessHandle process = ProcessHandle.current();
    return "%s:%d:%d".formatted(host, process.pid(), started(process));
  }

  /// Whether a process of that name ran here and runs no more.
  @Override
  public boolean test(String owner) {
    Matcher parts = NAME.matcher(owner);
    if (!parts.matches() || !parts.group(1).equals(host)) {
      return false;
    }
    long pid = Long.parseLong(parts.group(2));
    long started = Long.parseLong(parts.group(3));
    // a number is given to another process in time, which then has started later
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).stream()
        .noneMatch(process -> started(process) == started);
  }

  private static long started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /// On Linux also the boot and the pid namespace: containers and cloned machines share host names,
  /// and each would take the other's live process for a dead one of its own.
  private static String thisHost() {
    String suffix =
        readable(() -> Files.readString(BOOT).strip().substring(0, 8))
            .flatMap(boot ->
                readable(() -> Files.readSymbolicLink(PROCESSES).toString())
                    .map(namespace -> "/" + boot + "/" + namespace.replaceAll("\\D", "")))
            .orElse("");
    return hostName() + suffix;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  private interface Fact {
    String read() throws IOException;
  }

  private static Optional<String> readable(Fact fact) {
    try {
      return Optional.of(fact.read());
    } catch (IOException | UncheckedIOException | UnsupportedOperationException notLinux) {
      return Optional.empty();
    }
  }
}
