package io.qupersync.app;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the operating system tells a process that goes on: SIGTERM and SIGINT to stop, SIGHUP to
/// read its configuration again. A shutdown hook would not do: a JVM that is told to stop exits
/// with 143, whatever it does on its way out.
///
/// Signals are heard through `sun.misc.Signal`, for which Java has no public name; by reflection,
/// since javac's warning about it can be turned off for the whole build only.
final class Signals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final Runnable hurry;
  private final Runnable stopping;
  private final Set<String> ignored = ConcurrentHashMap.newKeySet();

  private Signals(Runnable hurry, Runnable stopping) {
    this.hurry = hurry;
    this.stopping = stopping;
  }

  /// @param hurry on a second SIGTERM or SIGINT, for whoever will not wait
  /// @param stopping on the first
  static Signals heard(Runnable hurry, Runnable stopping) {
    var signals = new Signals(hurry, stopping);
    signals.handle("TERM", signals::stop);
    signals.handle("INT", signals::stop);
    signals.onHangup(() -> LOG.info("the service is still starting"));
    return signals;
  }

  /// On SIGHUP; on a thread of its own, for it may take its time.
  void onHangup(Runnable reload) {
    handle("HUP", reload);
  }

  /// Also for those who are no signal.
  void stop() {
    if (stop.getCount() == 0) {
      hurry.run();
    }
    stopping.run();
    stop.countDown();
  }

  void awaitStop() throws InterruptedException {
    stop.await();
  }

  /// From now on the signals do what they usually do.
  @Override
  public void close() {
    for (String name : new String[] {"TERM", "INT", "HUP"}) {
      install(name, type -> type.getField("SIG_DFL").get(null));
    }
  }

  /// How a user ends this process, in words. Not by Ctrl-C when it was started with SIGINT ignored,
  /// as shells do for what runs in the background of a script, and `nohup` for SIGHUP: a JVM leaves
  /// such a signal ignored.
  String howToStop() {
    long pid = ProcessHandle.current().pid();
    if (!ignored.contains("INT")) {
      return "Ctrl-C";
    }
    String kill = ignored.contains("TERM") ? "kill -9" : "kill";
    return "'%s %d' (started with Ctrl-C ignored)".formatted(kill, pid);
  }

  private void handle(String name, Runnable action) {
    Runnable told =
        () -> {
          LOG.info("SIG{} received", name);
          action.run();
        };
    if (install(name, type -> handler(type, told))) {
      ignored.add(name);
      LOG.info("SIG{} is ignored, as whoever started this process wanted", name);
    }
  }

  /// A `SignalHandler` that runs the action, whatever signal it is given.
  private static Object handler(Class<?> type, Runnable action)
      throws ReflectiveOperationException {
    var run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(action);
    Class<?> signal = Class.forName("sun.misc.Signal");
    return MethodHandleProxies.asInterfaceInstance(
        type, MethodHandles.dropArguments(run, 0, signal));
  }

  private interface Handler {
    Object of(Class<?> type) throws ReflectiveOperationException;
  }

  /// @return whether the signal is ignored, and stays so
  private static boolean install(String name, Handler handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, type);
      Object before =
          handle.invoke(
              null, signal.getConstructor(String.class).newInstance(name), handler.of(type));
      return type.getField("SIG_IGN").get(null).equals(before);
    } catch (InvocationTargetException | ClassNotFoundException unknown) {
      LOG.debug("this system has no signal {}", name);
      return false;
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("signals cannot be heard", broken);
    }
  }
}
