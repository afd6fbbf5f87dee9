package io.qupersync.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessMeterTest {

  private final long self = ProcessHandle.current().pid();

  @Test
  void work_costs_processor_time() {
    double before = ProcessMeter.cpu(self);
    long x = 1;
    while (ProcessMeter.cpu(self) < before + 0.02) {
      for (int i = 0; i < 1_000_000; i++) {
        x = x * 31 + i;
      }
    }

    assertThat(x).isNotZero();
    assertThat(ProcessMeter.cpuOfFamily(self)).isGreaterThan(before);
  }

  @Test
  void a_child_that_has_ended_is_remembered() throws Exception {
    double before = ProcessMeter.cpuOfEnded(self);
    new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done")
        .start()
        .waitFor();

    assertThat(ProcessMeter.cpuOfEnded(self)).isGreaterThan(before);
  }

  @Test
  void the_time_of_all_threads_is_told_apart_by_what_they_are_there_for() {
    CpuTimes sum =
        CpuTimes.none()
            .plus("C1 CompilerThre", 1)
            .plus("C2 CompilerThre", 2)
            .plus("VM Thread", 4)
            .plus("VirtualThread-u", 8)
            .plus("ForkJoinPool-1-", 16)
            .plus("JFR Recorder Th", 32);

    assertThat(sum).isEqualTo(new CpuTimes(24, 3, 4));
    assertThat(sum.since(new CpuTimes(4, 1, 1))).isEqualTo(new CpuTimes(20, 2, 3));
  }

  @Test
  void a_running_jvm_has_threads_at_work() {
    assertThat(ProcessMeter.busy(self).java()).isPositive();
    assertThat(ProcessMeter.busy(Integer.MAX_VALUE)).isEqualTo(CpuTimes.none());
  }

  @Test
  void the_peak_is_never_below_what_is_held() {
    // in this order: it may grow between two looks
    long held = ProcessMeter.memory(self);

    assertThat(ProcessMeter.peakMemory(self)).isGreaterThanOrEqualTo(held).isPositive();
  }

  @Test
  void nothing_is_known_of_a_process_that_is_gone() {
    assertThat(ProcessMeter.cpu(Integer.MAX_VALUE)).isZero();
    assertThat(ProcessMeter.memory(Integer.MAX_VALUE)).isZero();
  }
}
