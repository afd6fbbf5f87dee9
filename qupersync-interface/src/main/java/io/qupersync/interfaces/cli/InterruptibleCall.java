package io.qupersync.interfaces.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Does work on a virtual thread of its own: only there does an interrupt reach a read.
final class InterruptibleCall {

  private InterruptibleCall() {}

  /// @throws java.util.concurrent.CompletionException with what the work threw
  static <T> T call(String name, Supplier<T> work) {
    var threads = Thread.ofVirtual().name(name + "-", 1).factory();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(threads)) {
      return CompletableFuture.supplyAsync(work, executor).join();
    }
  }
}
