package io.qupersync.sandbox.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An authority that issues certificates for servers, for clients that check them. Everything is
/// made afresh by the running JDK's keytool, about a second each. Not for use by several threads.
public final class Authority {

  private static final String PASSWORD = "only-as-long-as-the-test-lives";

  private final Path folder;
  private final Path store;
  private final Path certificate;
  private int issued;

  private Authority(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.store = folder.resolve("authority.p12");
    keytool("ca", List.of("-dname", "CN=Authority " + folder.getFileName(), "-ext", "BC=ca:true"));
    this.certificate = folder.resolve("ca.pem");
    Files.writeString(certificate, pem("CERTIFICATE", keys().getCertificate("ca").getEncoded()));
  }

  /// @param folder for its keys and all that it issues
  public static Authority in(Path folder) {
    try {
      return new Authority(Files.createTempDirectory(folder, "authority"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// What a server shows, and what it proves itself with.
  ///
  /// @param certificate as PEM
  /// @param key as PEM, unencrypted, for its owner only
  public record Issued(Path certificate, Path key, SSLContext context) {}

  /// What clients are to trust, as PEM.
  public Path certificate() {
    return certificate;
  }

  /// @param names for which the certificate holds, such as `dns:localhost` or `ip:127.0.0.1`
  public Issued issue(String names) {
    return issue(names, "-1d", 30);
  }

  public Issued issueExpired(String names) {
    return issue(names, "-10d", 5);
  }

  private Issued issue(String names, String start, int days) {
    String alias = "server" + ++issued;
    try {
      keytool(
          alias,
          List.of(
              "-signer",
              "ca",
              "-dname",
              "CN=" + alias,
              "-ext",
              "SAN=" + names,
              "-startdate",
              start,
              "-validity",
              Integer.toString(days)));
      return issued(alias);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Issued issued(String alias) throws IOException, GeneralSecurityException {
    Key key = keys().getKey(alias, PASSWORD.toCharArray());
    Certificate[] chain = keys().getCertificateChain(alias);
    Path certificateFile = folder.resolve(alias + ".pem");
    Path keyFile = folder.resolve(alias + ".key");
    Files.writeString(certificateFile, pem("CERTIFICATE", chain[0].getEncoded()));
    Files.writeString(keyFile, pem("PRIVATE KEY", key.getEncoded()));
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    var alone = KeyStore.getInstance("PKCS12");
    alone.load(null, null);
    alone.setKeyEntry("server", key, PASSWORD.toCharArray(), chain);
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(alone, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new Issued(certificateFile, keyFile, context);
  }

  private KeyStore keys() throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void keytool(String alias, List<String> more) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias));
    command.addAll(
        List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("keytool does not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            "keytool: " + new String(process.getInputStream().readAllBytes(), UTF_8));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while making a certificate", interrupted);
    }
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
  }
}
