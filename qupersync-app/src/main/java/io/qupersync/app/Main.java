package io.qupersync.app;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.err.println("qupersync: nothing here yet");
    System.exit(2);
  }
}
