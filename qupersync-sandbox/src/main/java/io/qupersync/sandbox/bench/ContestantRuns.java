package io.qupersync.sandbox.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where one contestant runs, round after round.
final class ContestantRuns {

  private final Contestant contestant;
  private final ServiceProcess serviceProcess;
  private final Meter meter;
  private final List<Sample> samples = new ArrayList<>();

  /// @param serviceProcess the program that does the work, or stands by
  ContestantRuns(
      Contestant contestant, ServiceProcess serviceProcess, BenchEnvironment benchEnvironment)
      throws SQLException {
    this.contestant = contestant;
    this.serviceProcess = serviceProcess;
    this.meter =
        Meter.beside(
            serviceProcess.pid(), benchEnvironment.sourceAdmin(), benchEnvironment.targetAdmin());
  }

  Contestant contestant() {
    return contestant;
  }

  ServiceProcess service() {
    return serviceProcess;
  }

  /// Lets it work once.
  Sample attempt() throws Exception {
    var told = new ArrayList<ReportedCounts>();
    Cost cost = meter.of(() -> contestant.attempt().once().ifPresent(told::add));
    long heap = told.isEmpty() ? 0 : serviceProcess.heap();
    var sample = new Sample(cost, heap, told.stream().findFirst());
    samples.add(sample);
    return sample;
  }

  /// How its copy differs from the source; empty when it does not.
  Optional<String> difference(BenchEnvironment benchEnvironment) throws SQLException {
    if (contestant.brings().isEmpty()) {
      return Optional.empty();
    }
    Contestant.Copy copy = contestant.brings().get();
    Contents expected = benchEnvironment.sourceContents(copy.atSource());
    Contents found = Contents.of(benchEnvironment.targetAdmin(), copy.atTarget());
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(
            "%s brings something else than the source has: expected %s, found %s"
                .formatted(contestant.name(), expected, found));
  }

  Series series(BenchEnvironment benchEnvironment) throws SQLException {
    Contents read = benchEnvironment.sourceContents(contestant.reads());
    return new Series(contestant.name(), read.rows(), read.bytes(), samples);
  }
}
