package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.bench.Profile.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// Sums up a flight recording.
///
/// Samples are by processor time where the JVM can take such ones (Java 25, Linux): they also see a
/// thread in the kernel, where it reads and writes, and none that only waits. Else they are those
/// that the recorder takes of Java code twenty times a second.
final class ProfileReader {

  private static final int MOST_METHODS = 12;
  private static final String BY_PROCESSOR_TIME = "jdk.CPUTimeSample";
  private static final String BY_CLOCK = "jdk.ExecutionSample";

  private final String kind;
  private final Map<String, Long> parts = new HashMap<>();
  private final Map<String, Long> methods = new HashMap<>();
  private long samples;
  private double collecting;

  private ProfileReader(String kind) {
    this.kind = kind;
  }

  /// @param rows that the run read
  /// @param cpuTimes what the JVM used meanwhile
  static Profile read(String work, long rows, Path recording, CpuTimes cpuTimes)
      throws IOException {
    ProfileReader best = summed(recording, BY_PROCESSOR_TIME);
    ProfileReader reader = best.samples > 0 ? best : summed(recording, BY_CLOCK);
    return new Profile(
        work,
        rows,
        reader.samples,
        busiest(reader.parts, ProfilePart.values().length),
        busiest(reader.methods, MOST_METHODS),
        reader.collecting,
        cpuTimes.java(),
        cpuTimes.compilers(),
        cpuTimes.collector());
  }

  private static ProfileReader summed(Path recording, String kind) throws IOException {
    var reader = new ProfileReader(kind);
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        reader.add(file.readEvent());
      }
    }
    return reader;
  }

  private void add(RecordedEvent event) {
    String name = event.getEventType().getName();
    if (name.equals(kind)) {
      Optional.ofNullable(event.getStackTrace()).ifPresent(this::addSample);
    } else if (name.equals("jdk.GCPhasePause")) {
      collecting += event.getDuration().toNanos() / 1e9;
    }
  }

  private void addSample(RecordedStackTrace stack) {
    List<RecordedMethod> calls =
        stack.getFrames().stream()
            .filter(RecordedFrame::isJavaFrame)
            .map(RecordedFrame::getMethod)
            .toList();
    List<String> classes = calls.stream().map(method -> method.getType().getName()).toList();
    if (calls.isEmpty() || classes.getLast().startsWith("jdk.jfr.")) {
      return;
    }
    samples++;
    parts.merge(ProfilePart.of(classes).title(), 1L, Long::sum);
    RecordedMethod top = calls.getFirst();
    methods.merge(simple(top.getType().getName()) + "." + top.getName(), 1L, Long::sum);
  }

  private static String simple(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private static List<Share> busiest(Map<String, Long> counts, int most) {
    return counts.entrySet().stream()
        .map(count -> new Share(count.getKey(), count.getValue()))
        .sorted(Comparator.comparingLong(Share::samples).reversed().thenComparing(Share::what))
        .limit(most)
        .toList();
  }
}
