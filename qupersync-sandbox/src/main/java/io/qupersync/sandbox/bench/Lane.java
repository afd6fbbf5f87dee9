package io.qupersync.sandbox.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where one contestant runs, round after round.
final class Lane {

  private final Contestant contestant;
  private final Service service;
  private final Meter meter;
  private final List<Sample> samples = new ArrayList<>();

  /// @param service the program that does the work, or stands by
  Lane(Contestant contestant, Service service, Testbed testbed) throws SQLException {
    this.contestant = contestant;
    this.service = service;
    this.meter = Meter.beside(service.pid(), testbed.sourceAdmin(), testbed.targetAdmin());
  }

  Contestant contestant() {
    return contestant;
  }

  Service service() {
    return service;
  }

  /// Lets it work once.
  Sample attempt() throws Exception {
    var told = new ArrayList<Told>();
    Cost cost = meter.of(() -> contestant.attempt().once().ifPresent(told::add));
    long heap = told.isEmpty() ? 0 : service.heap();
    var sample = new Sample(cost, heap, told.stream().findFirst());
    samples.add(sample);
    return sample;
  }

  /// How its copy differs from the source; empty when it does not.
  Optional<String> difference(Testbed testbed) throws SQLException {
    if (contestant.brings().isEmpty()) {
      return Optional.empty();
    }
    Contestant.Copy copy = contestant.brings().get();
    Contents expected = testbed.sourceContents(copy.atSource());
    Contents found = Contents.of(testbed.targetAdmin(), copy.atTarget());
    return found.equals(expected)
        ? Optional.empty()
        : Optional.of(
            "%s brings something else than the source has: expected %s, found %s"
                .formatted(contestant.name(), expected, found));
  }

  Series series(Testbed testbed) throws SQLException {
    Contents read = testbed.sourceContents(contestant.reads());
    return new Series(contestant.name(), read.rows(), read.bytes(), samples);
  }
}
