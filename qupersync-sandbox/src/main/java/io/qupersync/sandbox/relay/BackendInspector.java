package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.OutputStream;

/// What the server says: it introduces itself as Redshift, and rows go by unseen.
final class BackendInspector implements Inspector {
  /// What every Redshift cluster reports; the driver takes decisions by it.
  private static final String REDSHIFT_VERSION = "8.0.2";

  @Override
  public boolean wants(byte type) {
    return type == 'S';
  }

  @Override
  public boolean inspect(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    if (!Wire.text(buffer, at + Wire.HEADER).equals("server_version")) {
      return false;
    }
    out.write(Wire.parameterStatus("server_version", REDSHIFT_VERSION));
    return true;
  }

  @Override
  public void passed(byte type, Pump pump) {}

  @Override
  public void beforeFlush() {}
}
