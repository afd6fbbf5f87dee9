package io.qupersync.sandbox.data;

/// The numbers a warehouse hands out. Transactions and both kinds of query count on their own.
final class IdSequences {
  private long transaction = 9_120_331;
  private long query = 4_410_277;
  private int childQuery = 5_512_007;
  private int process = 1_073_840_313;

  long nextTransaction() {
    return transaction += 3;
  }

  long nextQuery() {
    return query += 2;
  }

  int nextChildQuery() {
    return childQuery += 1;
  }

  int nextProcess() {
    return process += 16;
  }
}
