package io.qupersync.sandbox.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something that goes wrong at a chosen moment: `Fault.cut(Ending.RST).afterRows(1500)`. Nothing
/// happens before it is given to [Faults#arm(Fault)].
///
/// Without a moment it happens after the first row, an error at the next execution. It strikes
/// once, whatever statement runs, unless `times` and `whileRunning` say otherwise.
public final class Fault {

  /// What happens.
  sealed interface Blow {
    record Cut(ConnectionTeardown ending) implements Blow {}

    record Stall() implements Blow {}

    record Pause(Duration duration) implements Blow {}

    record Say(ErrorResponse answer) implements Blow {}
  }

  /// When it happens.
  sealed interface Moment {
    record AfterRows(long count) implements Moment {}

    record AfterBytes(long count) implements Moment {}

    record AtExecute() implements Moment {}

    record AtNextFetch() implements Moment {}

    /// Of a portal from which not all rows are asked for at once.
    record AtFirstFetch() implements Moment {}
  }

  private final Blow blow;
  private final Moment moment;
  private final Optional<Pattern> statement;
  private final int times;

  private Fault(Blow blow, Moment moment, Optional<Pattern> statement, int times) {
    this.blow = blow;
    this.moment = moment;
    this.statement = statement;
    this.times = times;
  }

  /// The connection ends.
  public static Fault cut(ConnectionTeardown connectionTeardown) {
    return new Fault(
        new Blow.Cut(connectionTeardown), new Moment.AfterRows(1), Optional.empty(), 1);
  }

  /// The connection stays open and no byte comes any more, until [Faults#resume()].
  public static Fault stall() {
    return new Fault(new Blow.Stall(), new Moment.AfterRows(1), Optional.empty(), 1);
  }

  /// No byte comes for a while.
  public static Fault pause(Duration duration) {
    return new Fault(new Blow.Pause(duration), new Moment.AfterRows(1), Optional.empty(), 1);
  }

  /// The server answers with an error. One of the kind after which a server hangs up, such as
  /// 57P01, ends the connection too.
  public static Fault error(String sqlState, String message) {
    return new Fault(
        new Blow.Say(new ErrorResponse(sqlState, message)),
        new Moment.AtExecute(),
        Optional.empty(),
        1);
  }

  /// The server has forgotten a cursor between two fetches, as Redshift was seen to.
  public static Fault lostPortal() {
    return new Fault(
        new Blow.Say(new ErrorResponse("34000", "portal \"C_1\" does not exist")),
        new Moment.AtNextFetch(),
        Optional.empty(),
        1);
  }

  /// The server does not find a portal that it has just been given.
  public static Fault unknownPortal() {
    return new Fault(
        new Blow.Say(new ErrorResponse("34000", "portal \"C_1\" does not exist")),
        new Moment.AtFirstFetch(),
        Optional.empty(),
        1);
  }

  /// When so many more rows have reached clients, counted over all connections. The last of them
  /// still arrives, the next one does not.
  public Fault afterRows(long rows) {
    return at(new Moment.AfterRows(requirePositive(rows)));
  }

  /// When so many more bytes have reached clients, counted over all connections: most likely in the
  /// middle of a row.
  public Fault afterBytes(long bytes) {
    if (blow instanceof Blow.Say) {
      throw new IllegalStateException("an error cannot stand in the middle of another message");
    }
    return at(new Moment.AfterBytes(requirePositive(bytes)));
  }

  /// Instead of executing the next statement; the first batch of rows is not fetched.
  public Fault atExecute() {
    return at(new Moment.AtExecute());
  }

  /// Only when the statement at work matches; what others read does not count.
  ///
  /// @param regex found anywhere in the SQL the client sent, without regard to case
  public Fault whileRunning(String regex) {
    return new Fault(
        blow, moment, Optional.of(Pattern.compile(regex, Pattern.CASE_INSENSITIVE)), times);
  }

  /// As often as its moment comes, until the faults are calmed.
  public Fault forGood() {
    return times(Integer.MAX_VALUE);
  }

  /// Not only once.
  public Fault times(int chosen) {
    return new Fault(blow, moment, statement, (int) requirePositive(chosen));
  }

  Blow blow() {
    return blow;
  }

  Moment moment() {
    return moment;
  }

  int times() {
    return times;
  }

  boolean concerns(String sql) {
    return statement.isEmpty() || statement.get().matcher(sql).find();
  }

  private Fault at(Moment chosen) {
    if (moment instanceof Moment.AtNextFetch || moment instanceof Moment.AtFirstFetch) {
      throw new IllegalStateException("a portal is lost between two fetches");
    }
    return new Fault(blow, chosen, statement, times);
  }

  private static long requirePositive(long count) {
    if (count < 1) {
      throw new IllegalArgumentException("must be positive, was " + count);
    }
    return count;
  }

  @Override
  public String toString() {
    return "%s %s".formatted(blow, moment);
  }
}
