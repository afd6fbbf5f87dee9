package io.qupersync.infrastructure.redshift;

import io.qupersync.infrastructure.jdbc.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/// How the driver is told to behave, whoever logs in. Its names are written in lower case, the only
/// way all its parts understand them.
final class DriverProperties {

  static final String RING_BUFFER = "enablefetchringbuffer";

  /// A fetch that grows beyond so many times its budget is given up rather than kept: one SUPER of
  /// 16 MB must pass with the budget's default, two of them would fill a small heap.
  private static final int FETCH_SLACK = 20;

  private static final String ANYWHERE = "jdbc:redshift://localhost:5439/dev";

  private final Properties properties;

  private DriverProperties(Properties properties) {
    this.properties = properties;
  }

  static DriverProperties of(RedshiftSettings settings) {
    return new DriverProperties(properties(settings));
  }

  private static Properties properties(RedshiftSettings settings) {
    RedshiftSettings.Limits limits = settings.limits();
    var all = new Properties();
    all.setProperty("applicationname", "QuperSync");
    // where a session is told to be read-only, its transactions are: the session itself would be
    // one
    // more statement, which not every server knows
    all.setProperty("readonlymode", "transaction");
    // else the session takes over the zone of this JVM, and getdate() with it
    all.setProperty("connectiontimezone", "SERVER");
    // a text takes the type of what it is compared with
    all.setProperty("stringtype", "unspecified");
    all.setProperty("tcpkeepalive", "true");
    all.setProperty("connecttimeout", seconds(limits.connectTimeout()));
    all.setProperty("logintimeout", seconds(limits.loginTimeout()));
    all.setProperty("sockettimeout", seconds(limits.socketTimeout()));
    all.setProperty("statementclosetimeout", "10");
    all.setProperty("maxresultbuffer", Long.toString(FETCH_SLACK * limits.fetchBytes()));
    encrypt(all, settings.encryption());
    settings
        .options()
        .forEach((name, value) -> all.setProperty(name.toLowerCase(Locale.ROOT), value));
    // last of all, that nothing may undo it
    all.setProperty(RING_BUFFER, "false");
    return all;
  }

  private static void encrypt(Properties all, RedshiftSettings.Encryption encryption) {
    if (encryption.mode() == TlsMode.DISABLE) {
      all.setProperty("ssl", "false");
      return;
    }
    all.setProperty("ssl", "true");
    all.setProperty("sslmode", encryption.mode().word());
    encryption.rootCertificate().ifPresent(file -> all.setProperty("sslrootcert", file.toString()));
  }

  private static String seconds(Duration timeout) {
    return Long.toString(timeout.toSeconds());
  }

  Connection connect(RedshiftSettings.Login login) throws SQLException {
    Properties all = toProperties();
    all.setProperty("user", login.user());
    all.setProperty("password", login.password().reveal());
    return DriverManager.getConnection(url(login), all);
  }

  private static String url(RedshiftSettings.Login login) {
    String host = login.host().contains(":") ? "[" + login.host() + "]" : login.host();
    return "jdbc:redshift://%s:%d/%s"
        .formatted(host, login.port(), URLEncoder.encode(login.database(), StandardCharsets.UTF_8));
  }

  /// A copy: the driver writes into what it is given.
  Properties toProperties() {
    var copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  /// Asks the driver itself whether it understood: with the ring buffer on, one cut stream in ten
  /// would look like a complete one.
  void requireThatCutsAreNoticed() throws SQLException {
    for (DriverPropertyInfo info :
        DriverManager.getDriver(ANYWHERE).getPropertyInfo(ANYWHERE, toProperties())) {
      if (info.name.equalsIgnoreCase(RING_BUFFER) && "false".equalsIgnoreCase(info.value)) {
        return;
      }
    }
    throw new IllegalStateException(
        "the Redshift driver does not switch its ring buffer off; a broken stream would look complete");
  }
}
