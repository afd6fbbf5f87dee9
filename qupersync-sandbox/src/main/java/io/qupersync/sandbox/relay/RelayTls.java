package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate of the relay's own, for clients that check it.
///
/// It is made afresh by the running JDK's keytool: a private key in the repository would alarm
/// every secret scanner, expire one day, and be trusted by somebody by mistake.
public final class RelayTls {
  private static final String PASSWORD = "only-as-long-as-the-relay-lives";

  private final SSLContext context;
  private final Path authority;

  private RelayTls(SSLContext context, Path authority) {
    this.context = context;
    this.authority = authority;
  }

  /// A certificate that names `localhost` and nothing else: a client that came by 127.0.0.1 is
  /// right to refuse it when it checks the name. Takes about a second.
  ///
  /// @param folder where the certificate is written, for clients to trust
  public static RelayTls selfSigned(Path folder) throws IOException {
    Path store = Files.createTempDirectory(folder, "tls").resolve("relay.p12");
    try {
      keytool(store);
      var keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      Path authority = store.resolveSibling("ca.pem");
      Files.writeString(authority, pem(keys.getCertificate("relay").getEncoded()));
      return new RelayTls(context, authority);
    } catch (GeneralSecurityException failure) {
      throw new IOException("cannot make a certificate", failure);
    } finally {
      // the key has been read; nobody needs it on disk
      Files.deleteIfExists(store);
    }
  }

  /// A certificate that somebody else has made.
  ///
  /// @param authority what clients are to trust, as PEM
  public static RelayTls of(SSLContext context, Path authority) {
    return new RelayTls(context, authority);
  }

  /// The certificate to trust, as PEM (`sslRootCert` of the driver).
  public Path authority() {
    return authority;
  }

  SSLContext context() {
    return context;
  }

  private static void keytool(Path store) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process =
        new ProcessBuilder(
                List.of(
                    tool.toString(),
                    "-genkeypair",
                    "-alias",
                    "relay",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=QuperSync sandbox",
                    "-ext",
                    "SAN=dns:localhost",
                    "-ext",
                    "BC=ca:true",
                    "-validity",
                    "30",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    PASSWORD,
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("keytool does not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "keytool: "
                + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making a certificate", interrupted);
    }
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
