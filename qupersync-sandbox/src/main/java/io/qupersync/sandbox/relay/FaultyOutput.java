package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.OptionalInt;

/// The way from the relay to a client, on which bytes are held back, slowed down or cut off.
final class FaultyOutput extends OutputStream {
  /// How finely a limited bandwidth is spread over a second.
  private static final int SLICES_PER_SECOND = 50;

  private final OutputStream out;
  private final Session session;
  private final Faults faults;

  FaultyOutput(OutputStream out, Session session, Faults faults) {
    this.out = out;
    this.session = session;
    this.faults = faults;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    session.waitWhileStalled();
    if (!faults.noneArmed()) {
      for (ArmedFault counting : faults.countingBytes()) {
        OptionalInt strike = counting.strikesWithin(length, session.running());
        if (strike.isPresent()) {
          int before = strike.getAsInt();
          trickle(bytes, offset, before);
          session.strike(counting);
          trickle(bytes, offset + before, length - before);
          return;
        }
      }
    }
    trickle(bytes, offset, length);
  }

  private void trickle(byte[] bytes, int offset, int length) throws IOException {
    long limit = faults.bytesPerSecond();
    if (limit <= 0) {
      out.write(bytes, offset, length);
      return;
    }
    int slice = Math.clamp(limit / SLICES_PER_SECOND, 1, Integer.MAX_VALUE);
    for (int sent = 0; sent < length; sent += slice) {
      int now = Math.min(slice, length - sent);
      out.write(bytes, offset + sent, now);
      session.pause(Duration.ofNanos(now * 1_000_000_000L / limit));
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
