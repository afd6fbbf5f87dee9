package io.qupersync.interfaces.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/// A key, and the certificates that say whose it is.
record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

  ServerIdentity {
    chain = List.copyOf(chain);
  }

  /// Whether the first certificate is made out for the key.
  boolean holdsTogether() {
    byte[] anything = "whose is it?".getBytes(US_ASCII);
    try {
      var signature = Signature.getInstance(algorithm());
      signature.initSign(key);
      signature.update(anything);
      byte[] signed = signature.sign();
      signature.initVerify(chain.getFirst().getPublicKey());
      signature.update(anything);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private String algorithm() {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
