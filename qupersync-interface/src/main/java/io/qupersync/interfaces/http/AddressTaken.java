package io.qupersync.interfaces.http;

/// The API cannot listen where it is told to. The message is one line for the user.
public final class AddressTaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AddressTaken(HttpSettings settings, Throwable cause) {
    super(
        "cannot listen on %s port %d: it is taken, or not an address of this machine; change it, or stop who has it"
            .formatted(settings.host(), settings.port()),
        cause);
  }
}
