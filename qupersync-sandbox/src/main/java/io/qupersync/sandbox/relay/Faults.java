package io.qupersync.sandbox.relay;

import io.qupersync.sandbox.relay.Fault.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// The bad days of a relay, switched on and off while it works, from any thread. A new relay has
/// none.
///
/// Conditions last until [#calm()]; a [Fault] strikes at its moment, once or as often as it says.
public final class Faults {
  private final ListeningPort listeningPort;
  private final Sessions sessions;
  private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();
  private final AtomicInteger struck = new AtomicInteger();

  private volatile boolean stalled;
  private volatile boolean newcomersStalled;
  private volatile Optional<ErrorResponse> loginRefusal = Optional.empty();
  private volatile long delayNanos;
  private volatile long bytesPerSecond;
  private volatile int fetchCap;
  private volatile CountDownLatch resumed = new CountDownLatch(1);

  Faults(ListeningPort listeningPort, Sessions sessions) {
    this.listeningPort = listeningPort;
    this.sessions = sessions;
  }

  /// Nobody listens on the port any more. Connections that exist live on.
  public void refuseConnections() {
    listeningPort.shut();
  }

  /// New connections are accepted and never hear a word, until [#resume()].
  public void stallConnections() {
    newcomersStalled = true;
  }

  /// New log-ins are answered with this error, such as 57P03 while a cluster restarts.
  public void refuseLogins(String sqlState, String message) {
    loginRefusal = Optional.of(new ErrorResponse(sqlState, message));
  }

  /// The network is gone without a trace: from now on no byte passes in either direction, on any
  /// connection, until [#resume()].
  public void stall() {
    newcomersStalled = true;
    stalled = true;
  }

  /// Ends every stall. What was held back arrives.
  public void resume() {
    stalled = false;
    newcomersStalled = false;
    CountDownLatch waiting = resumed;
    resumed = new CountDownLatch(1);
    waiting.countDown();
  }

  /// Every round trip takes this much longer, as on a network with that latency.
  public void delayRoundTrips(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /// What the server sends to each connection trickles.
  public void limitBandwidth(long bytesPerSecondAndConnection) {
    bytesPerSecond = bytesPerSecondAndConnection;
  }

  /// No fetch from a cursor returns more rows than this, whatever the client asks for.
  public void capFetch(int rows) {
    fetchCap = rows;
  }

  /// Ends all present connections at once.
  public void cutAll(ConnectionTeardown connectionTeardown) {
    sessions.all().forEach(session -> session.cut(connectionTeardown));
  }

  /// Waits for the fault's moment.
  public ArmedFault arm(Fault fault) {
    return arm(fault, () -> {});
  }

  ArmedFault arm(Fault fault, Runnable afterwards) {
    var waiting = new ArmedFault(fault, afterwards);
    armed.add(waiting);
    return waiting;
  }

  /// How many faults have struck since the relay started.
  public int struck() {
    return struck.get();
  }

  /// A fine day: disarms what is armed, lifts every condition, opens the port again.
  public void calm() {
    armed.clear();
    loginRefusal = Optional.empty();
    delayNanos = 0;
    bytesPerSecond = 0;
    fetchCap = 0;
    resume();
    listeningPort.open();
  }

  Optional<ErrorResponse> loginRefusal() {
    return loginRefusal;
  }

  boolean stalled() {
    return stalled;
  }

  boolean newcomersStalled() {
    return newcomersStalled;
  }

  /// Opens at the next [#resume()].
  CountDownLatch resumed() {
    return resumed;
  }

  long delayNanos() {
    return delayNanos;
  }

  long bytesPerSecond() {
    return bytesPerSecond;
  }

  /// 0 for no cap.
  int fetchCap() {
    return fetchCap;
  }

  /// Asked once per row, so the usual answer must cost nothing.
  boolean noneArmed() {
    return armed.isEmpty();
  }

  /// The fault that strikes with the row that has just gone by, if any.
  Optional<ArmedFault> atRow(String sql) {
    return firstStriking(Moment.AfterRows.class, waiting -> waiting.countsDown(sql));
  }

  Optional<ArmedFault> atExecute(String sql) {
    return firstStriking(Moment.AtExecute.class, waiting -> waiting.countsDown(sql));
  }

  Optional<ArmedFault> atFetch(String sql) {
    return firstStriking(Moment.AtNextFetch.class, waiting -> waiting.countsDown(sql));
  }

  Optional<ArmedFault> atFirstFetch(String sql) {
    return firstStriking(Moment.AtFirstFetch.class, waiting -> waiting.countsDown(sql));
  }

  List<ArmedFault> countingBytes() {
    return armed.stream()
        .filter(waiting -> waiting.fault().moment() instanceof Moment.AfterBytes)
        .toList();
  }

  /// To be called just before the blow is dealt, so that who feels it finds it counted.
  void struck(ArmedFault fault) {
    struck.incrementAndGet();
    fault.struckNow();
    armed.removeIf(ArmedFault::spent);
  }

  private Optional<ArmedFault> firstStriking(
      Class<? extends Moment> moment, Predicate<ArmedFault> strikes) {
    for (ArmedFault waiting : armed) {
      if (moment.isInstance(waiting.fault().moment()) && strikes.test(waiting)) {
        return Optional.of(waiting);
      }
    }
    return Optional.empty();
  }
}
