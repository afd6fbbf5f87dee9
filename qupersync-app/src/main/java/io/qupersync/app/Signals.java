package io.qupersync.app;

import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
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

  private Signals(Runnable hurry) {
    this.hurry = hurry;
  }

  /// @param hurry on a second SIGTERM or SIGINT, for whoever will not wait
  static Signals heard(Runnable hurry) {
    var signals = new Signals(hurry);
    handle("TERM", signals::stop);
    handle("INT", signals::stop);
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

  private static void handle(String name, Runnable action) {
    Runnable told =
        () -> {
          LOG.info("SIG{} received", name);
          action.run();
        };
    install(name, type -> handler(type, told));
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

  private static void install(String name, Handler handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, type);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler.of(type));
    } catch (InvocationTargetException | ClassNotFoundException unknown) {
      LOG.debug("this system has no signal {}", name);
    } catch (ReflectiveOperationException broken) {
      throw new IllegalStateException("signals cannot be heard", broken);
    }
  }
}
