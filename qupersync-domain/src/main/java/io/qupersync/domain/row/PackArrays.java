package io.qupersync.domain.row;

import java.util.ArrayDeque;
import java.util.Deque;

/// The arrays that packed rows lie in, to be used again when the rows have been written. They wait
/// long enough to be moved among the old objects of a small heap, which then had to be collected as
/// a whole after every few of them: with arrays made anew for each batch this took a quarter of the
/// time of all the JVM did. Safe for use by two threads.
final class PackArrays {

  /// What one run has under way: more of them would only be kept.
  private static final int MOST = 8;

  private final Deque<byte[]> free = new ArrayDeque<>(MOST);
  private int length;

  /// @param length of a new one, if none is free
  PackArrays(int length) {
    this.length = length;
  }

  synchronized byte[] take() {
    byte[] again = free.poll();
    return again == null ? new byte[length] : again;
  }

  /// As long as one that turned out to be too short must be.
  synchronized void lengthen(int longer) {
    length = longer;
    free.clear();
  }

  synchronized void giveBack(byte[] array) {
    if (array.length == length && free.size() < MOST) {
      free.push(array);
    }
  }
}
