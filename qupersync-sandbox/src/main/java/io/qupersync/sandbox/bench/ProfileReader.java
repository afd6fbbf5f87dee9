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
final class ProfileReader {

  private static final int MOST_METHODS = 12;

  private final Map<String, Long> parts = new HashMap<>();
  private final Map<String, Long> methods = new HashMap<>();
  private long samples;
  private double collecting;

  private ProfileReader() {}

  static Profile read(String work, Path recording) throws IOException {
    var reader = new ProfileReader();
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        reader.add(file.readEvent());
      }
    }
    return new Profile(
        work,
        reader.samples,
        busiest(reader.parts, Part.values().length),
        busiest(reader.methods, MOST_METHODS),
        reader.collecting);
  }

  private void add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" ->
          Optional.ofNullable(event.getStackTrace()).ifPresent(this::addSample);
      case "jdk.GCPhasePause" -> collecting += event.getDuration().toNanos() / 1e9;
      default -> {}
    }
  }

  private void addSample(RecordedStackTrace stack) {
    List<RecordedMethod> calls =
        stack.getFrames().stream()
            .filter(RecordedFrame::isJavaFrame)
            .map(RecordedFrame::getMethod)
            .toList();
    if (calls.isEmpty()) {
      return;
    }
    samples++;
    List<String> classes = calls.stream().map(method -> method.getType().getName()).toList();
    parts.merge(Part.of(classes).title(), 1L, Long::sum);
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
