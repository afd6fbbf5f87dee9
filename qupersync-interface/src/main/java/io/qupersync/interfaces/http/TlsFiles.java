package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the server proves itself with: two PEM files, which somebody else renews while it runs.
///
/// @param certificate the server's own first, then those that lead to an authority
/// @param key of that certificate, PKCS #8 without a password
public record TlsFiles(Path certificate, Path key) {

  private static final int MAX_BYTES = 1 << 20;

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /// Reads both, as the server will.
  ///
  /// @throws IllegalArgumentException when one cannot be read, or the two do not belong together
  public void check() {
    ServerIdentity _ = identity();
  }

  /// @throws IllegalArgumentException when there is none in the files
  ServerIdentity identity() {
    List<X509Certificate> chain = chain();
    var identity =
        new ServerIdentity(privateKey(chain.getFirst().getPublicKey().getAlgorithm()), chain);
    if (!identity.holdsTogether()) {
      throw new IllegalArgumentException(
          "the key in %s is not that of the first certificate in %s; name the two that belong together"
              .formatted(key, certificate));
    }
    return identity;
  }

  /// What both files look like from outside; another one when either has been replaced.
  String version() {
    return version(certificate) + " " + version(key);
  }

  private static String version(Path file) {
    try {
      return "%s %d %s"
          .formatted(
              Files.getLastModifiedTime(file), Files.size(file), file.toRealPath().toString());
    } catch (IOException away) {
      return away.toString();
    }
  }

  private List<X509Certificate> chain() {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> chain =
          factory.generateCertificates(new ByteArrayInputStream(bytes(certificate))).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (GeneralSecurityException _) {
      // told below
    }
    throw new IllegalArgumentException(
        "file %s holds no certificate; name a PEM file with '-----BEGIN CERTIFICATE-----'"
            .formatted(certificate));
  }

  /// What the library says of a key it cannot read is left out: it may quote from it.
  private PrivateKey privateKey(String algorithm) {
    Matcher found = KEY.matcher(new String(bytes(key), US_ASCII));
    if (!found.find()) {
      throw unusableKey();
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      throw unusableKey();
    }
  }

  private IllegalArgumentException unusableKey() {
    return new IllegalArgumentException(
        "file %s holds no key that fits the certificate, in PKCS #8 and without a password; convert it: openssl pkcs8 -topk8 -nocrypt"
            .formatted(key));
  }

  private static byte[] bytes(Path file) {
    try {
      return SmallFile.read(file, MAX_BYTES);
    } catch (FileSystemException unreadable) {
      throw new IllegalArgumentException(
          "file %s cannot be read; check its path and permissions".formatted(file), unreadable);
    } catch (IOException strange) {
      throw new IllegalArgumentException(
          "file %s %s".formatted(file, strange.getMessage()), strange);
    }
  }
}
