package io.qupersync.sandbox.relay;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// One misfortune after the other, thrown by the dice: as soon as one has struck, the next is
/// armed.
///
/// The same seed gives the same sequence of faults; at which rows they find the client depends on
/// what it does.
public final class FaultSequence implements AutoCloseable {
  private static final List<Fault> SAID =
      List.of(
          Fault.error("40001", "1023 serializable isolation violation"),
          Fault.error("57014", "query cancelled on user's request"),
          Fault.error("53200", "out of memory"),
          Fault.error("57P01", "terminating connection due to administrator command"),
          Fault.error("XX000", "internal error"));

  private final Faults faults;
  private final RandomGenerator random;
  private final String statement;
  private final int mostRows;
  private final AtomicInteger left;

  private FaultSequence(
      Faults faults, RandomGenerator random, String statement, int mostRows, int misfortunes) {
    this.faults = faults;
    this.random = random;
    this.statement = statement;
    this.mostRows = mostRows;
    this.left = new AtomicInteger(misfortunes);
  }

  /// Begins at once.
  ///
  /// @param statement only who runs a statement that matches is struck
  /// @param mostRows no fault waits for more rows than these
  /// @param misfortunes how many there will be, before the sky clears by itself
  public static FaultSequence begin(
      Faults faults, RandomGenerator random, String statement, int mostRows, int misfortunes) {
    var day = new FaultSequence(faults, random, statement, mostRows, misfortunes);
    day.armNext();
    return day;
  }

  /// True when everything that was to happen has happened.
  public boolean over() {
    return left.get() < 0;
  }

  private void armNext() {
    if (left.getAndDecrement() > 0) {
      faults.arm(next().whileRunning(statement), this::armNext);
    }
  }

  private Fault next() {
    ConnectionTeardown connectionTeardown =
        random.nextBoolean() ? ConnectionTeardown.FIN : ConnectionTeardown.RST;
    int rows = 1 + random.nextInt(mostRows);
    return switch (random.nextInt(6)) {
      case 0, 1 -> Fault.cut(connectionTeardown).afterRows(rows);
      case 2 -> Fault.cut(connectionTeardown).afterBytes(20L * rows);
      case 3 -> SAID.get(random.nextInt(SAID.size())).afterRows(rows);
      case 4 -> SAID.get(random.nextInt(SAID.size())).atExecute();
      default -> Fault.pause(Duration.ofMillis(random.nextInt(50))).afterRows(rows);
    };
  }

  /// The rest of the day is fine.
  @Override
  public void close() {
    left.set(-1);
    faults.calm();
  }
}
