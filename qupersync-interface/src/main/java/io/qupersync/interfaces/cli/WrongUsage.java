package io.qupersync.interfaces.cli;

/// The user asked for something that cannot be; the message is one line and says what can.
public final class WrongUsage extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WrongUsage(String message) {
    super(message);
  }
}
