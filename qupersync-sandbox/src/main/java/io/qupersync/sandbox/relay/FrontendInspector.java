package io.qupersync.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// What the client says: its statements are translated, everything else goes on as it is.
final class FrontendInspector implements Inspector {
  @Override
  public boolean wants(byte type) {
    return type == 'P' || type == 'Q';
  }

  @Override
  public boolean inspect(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    boolean prepares = buffer[at] == 'P';
    int start = at + Wire.HEADER;
    // Parse: name of the statement, its text, types of its parameters; Query: the text alone
    int sqlStart = prepares ? Wire.endOfText(buffer, start) + 1 : start;
    int sqlEnd = Wire.endOfText(buffer, sqlStart);
    String sql = Wire.text(buffer, sqlStart);
    String translated = RedshiftDialect.toPostgres(sql);
    if (translated.equals(sql)) {
      return false;
    }
    var body = new ByteArrayOutputStream();
    body.write(buffer, start, sqlStart - start);
    Wire.putText(body, translated);
    body.write(buffer, sqlEnd + 1, at + length - sqlEnd - 1);
    out.write(Wire.message((char) buffer[at], body.toByteArray()));
    return true;
  }

  @Override
  public void passed(byte type, Pump pump) {}

  @Override
  public void beforeFlush() {}
}
