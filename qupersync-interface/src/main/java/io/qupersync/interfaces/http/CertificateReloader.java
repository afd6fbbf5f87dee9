package io.qupersync.interfaces.http;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the files once a second, on a thread of its own that no handshake waits for, and shows
/// what they hold by then. What cannot be used, since one of the two was renewed before the other,
/// is left until it can be: the server goes on with what it has. Safe for use by many threads.
final class CertificateReloader extends X509ExtendedKeyManager implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CertificateReloader.class);

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final TlsFiles files;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Generation current;
  private Optional<Generation> previous = Optional.empty();
  private String version;

  /// @throws IllegalArgumentException when the files cannot be used from the start
  CertificateReloader(TlsFiles files) {
    this.files = files;
    this.version = files.version();
    this.current = new Generation("1", files.identity());
    Thread.ofPlatform().daemon().name("certificate").start(this::watch);
  }

  /// @param alias by which a handshake comes back for the same
  private record Generation(String alias, ServerIdentity identity) {}

  @Override
  public synchronized @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return keyType.equals(current.identity().key().getAlgorithm()) ? current.alias() : null;
  }

  private void watch() {
    try {
      while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// By one thread only.
  private void look() {
    String now = files.version();
    if (!now.equals(version)) {
      version = now;
      renew();
    }
  }

  private synchronized void show(ServerIdentity identity) {
    var next = new Generation(Integer.toString(Integer.parseInt(current.alias()) + 1), identity);
    previous = Optional.of(current);
    current = next;
  }

  /// Looks no more.
  @Override
  public void close() {
    closed.countDown();
  }

  private void renew() {
    try {
      ServerIdentity next = files.identity();
      show(next);
      LOG.info(
          "the server's certificate was renewed and holds until {}",
          next.chain().getFirst().getNotAfter().toInstant());
    } catch (IllegalArgumentException unusable) {
      LOG.warn("the server's certificate stays: {}", unusable.getMessage());
    }
  }

  private synchronized Optional<ServerIdentity> known(String alias) {
    return current.alias().equals(alias)
        ? Optional.of(current.identity())
        : previous.filter(generation -> generation.alias().equals(alias)).map(Generation::identity);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return known(alias).map(ServerIdentity::key).orElse(null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return known(alias)
        .map(identity -> identity.chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  // What follows is for clients, and for servers without an engine, which Jetty is not.

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
