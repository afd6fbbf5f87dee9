package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reads from /proc what a process has used. Where there is none, nothing is known and all is 0:
/// ask [#AVAILABLE] first.
final class ProcessMeter {

  static final boolean AVAILABLE = Files.isReadable(Path.of("/proc/self/stat"));

  /// Linux tells times in hundredths of a second, whatever its own clock does.
  private static final double TICKS_PER_SECOND = 100;

  // places in /proc/PID/stat, counted from the state, which comes after the name
  private static final int USER = 11;
  private static final int CHILDREN_SYSTEM = 14;

  private ProcessMeter() {}

  /// Seconds of processor time of the process itself, ended children left out.
  static double cpu(long pid) {
    return ticks(pid, USER, USER + 2);
  }

  /// Seconds of processor time of the children that have ended.
  static double cpuOfEnded(long pid) {
    return ticks(pid, USER + 2, CHILDREN_SYSTEM + 1);
  }

  /// Seconds of processor time of the process and all it has started, ended or not.
  static double cpuOfFamily(long pid) {
    double running =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::children)
            .mapToDouble(child -> cpu(child.pid()))
            .sum();
    return running + cpu(pid) + cpuOfEnded(pid);
  }

  /// Seconds of processor time of the process's living threads, by what they are there for.
  static CpuTimes busy(long pid) {
    Path threads = Path.of("/proc", Long.toString(pid), "task");
    CpuTimes sum = CpuTimes.none();
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : all.toList()) {
        String stat = read(thread.resolve("stat"));
        String name =
            stat.isEmpty() ? "" : stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        sum = sum.plus(name, ticks(stat, USER, USER + 2));
      }
      return sum;
    } catch (IOException gone) {
      return sum;
    }
  }

  /// The most memory, in bytes, that the process has held at a time since the last
  /// [#forgetPeak(long)].
  static long peakMemory(long pid) {
    return status(pid, "VmHWM:");
  }

  /// The memory, in bytes, that the process holds.
  static long memory(long pid) {
    return status(pid, "VmRSS:");
  }

  /// Lets the peak begin anew. Not everybody may: the peak is then the one since the start.
  static void forgetPeak(long pid) {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
    } catch (IOException notAllowed) {
      return;
    }
  }

  private static double ticks(long pid, int from, int to) {
    return ticks(read(pid, "stat"), from, to);
  }

  private static double ticks(String stat, int from, int to) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= CHILDREN_SYSTEM) {
      return 0;
    }
    return LongStream.range(from, to).map(i -> Long.parseLong(fields[(int) i])).sum()
        / TICKS_PER_SECOND;
  }

  private static long status(long pid, String name) {
    try (Stream<String> lines = read(pid, "status").lines()) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
          .findFirst()
          .orElse(0);
    }
  }

  /// Nothing when the process is gone.
  private static String read(long pid, String file) {
    return read(Path.of("/proc", Long.toString(pid), file));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }
}
