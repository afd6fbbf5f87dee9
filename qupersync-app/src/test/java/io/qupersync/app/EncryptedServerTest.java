package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.inspect.DatabaseWatch;
import io.qupersync.application.inspect.Readiness;
import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.interfaces.http.HealthRoutes;
import io.qupersync.interfaces.http.HttpApi;
import io.qupersync.interfaces.http.HttpSettings;
import io.qupersync.interfaces.http.TlsFiles;
import io.qupersync.sandbox.tls.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API with real certificates, which somebody renews while it serves. */
class EncryptedServerTest {

  @TempDir private static Path folder;
  private static Authority authority;
  private static Authority.Issued first;
  private static Authority.Issued second;

  @TempDir Path directory;
  private TlsFiles files;
  private HttpApi api;

  @BeforeAll
  static void issue() {
    authority = Authority.in(folder);
    first = authority.issue("ip:127.0.0.1");
    second = authority.issue("ip:127.0.0.1");
  }

  @BeforeEach
  void serve() throws IOException {
    files = new TlsFiles(directory.resolve("server.pem"), directory.resolve("server.key"));
    put(first.certificate(), files.certificate());
    put(first.key(), files.key());
    var settings = new HttpSettings("127.0.0.1", 0, List.of(), Optional.of(files));
    api =
        HttpApi.start(
            settings,
            List.of(new HealthRoutes(unasked())),
            _ -> Optional.empty(),
            InstantSource.system());
  }

  private static Readiness unasked() {
    DatabaseProbe nobody =
        () -> {
          throw new IllegalStateException("whether the process lives is no question for databases");
        };
    var watch =
        new DatabaseWatch(
            "source",
            "a database",
            () -> Optional.of(nobody.probe()),
            nobody,
            InstantSource.system(),
            Duration.ofSeconds(1),
            () -> false);
    return new Readiness(watch, watch);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void whoever_trusts_the_authority_is_answered_and_told_to_stay_with_tls() throws Exception {
    HttpResponse<String> answer = get();

    assertThat(api.address().getScheme()).isEqualTo("https");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(serial(answer)).isEqualTo(serial(first));
  }

  @Test
  void whoever_does_not_know_the_authority_is_not_deceived() {
    try (var stranger = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> stranger.send(request(), BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void nobody_is_answered_unencrypted() {
    URI plain = URI.create("http://127.0.0.1:%d/health/live".formatted(api.address().getPort()));

    try (var client = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () -> client.send(HttpRequest.newBuilder(plain).build(), BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_renewed_certificate_is_shown_to_the_next_who_connects() throws Exception {
    put(second.key(), files.key());
    put(second.certificate(), files.certificate());

    awaitSerial(second);
  }

  @Test
  void half_a_renewal_changes_nothing_until_the_other_half_is_there() throws Exception {
    put(second.certificate(), files.certificate());
    assertThat(serial(get())).isEqualTo(serial(first));

    Files.delete(files.key());
    assertThat(serial(get())).isEqualTo(serial(first));

    put(second.key(), files.key());
    awaitSerial(second);
  }

  @Test
  void a_file_that_hangs_when_it_is_read_holds_up_no_handshake_and_no_stop() throws Exception {
    Files.delete(files.certificate());
    assertThat(
            new ProcessBuilder("mkfifo", files.certificate().toString())
                .start()
                .waitFor(10, TimeUnit.SECONDS))
        .isTrue();

    for (int i = 0; i < 20; i++) {
      assertThat(serial(get())).isEqualTo(serial(first));
    }
    assertThatThrownBy(() -> files.check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no regular file");
    api.close();

    Files.delete(files.certificate());
  }

  @Test
  void a_file_without_an_end_is_refused_at_the_start() {
    assertThatThrownBy(() -> new TlsFiles(Path.of("/dev/zero"), first.key()).check())
        .hasMessageContaining("file /dev/zero is no regular file");
    assertThatThrownBy(() -> new TlsFiles(directory, first.key()).check())
        .hasMessageContaining("is no regular file");
  }

  /** The files are looked at once a second. */
  private void awaitSerial(Authority.Issued issued) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!serial(get()).equals(serial(issued)) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(serial(get())).isEqualTo(serial(issued));
  }

  @Test
  void files_that_do_not_belong_together_are_refused_at_the_start() {
    assertThatThrownBy(() -> new TlsFiles(first.certificate(), second.key()).check())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not that of the first certificate");
    assertThatThrownBy(() -> new TlsFiles(first.key(), first.key()).check())
        .hasMessageContaining("holds no certificate");
    assertThatThrownBy(() -> new TlsFiles(first.certificate(), first.certificate()).check())
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    assertThatThrownBy(() -> new TlsFiles(first.certificate(), directory.resolve("no")).check())
        .hasMessageContaining("cannot be read");
  }

  /** As a renewal does it: the file is another one in an instant. */
  private static void put(Path from, Path to) throws IOException {
    Path beside = Files.copy(from, to.resolveSibling(to.getFileName() + ".new"));
    Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(api.address().resolve("/health/live")).build();
  }

  /** Over a connection of its own. */
  private HttpResponse<String> get() throws Exception {
    try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return client.send(request(), BodyHandlers.ofString());
    }
  }

  private static SSLContext trusting() throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate(authority.certificate()));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static String serial(HttpResponse<String> answer) throws Exception {
    var shown = (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    return shown.getSerialNumber().toString();
  }

  private static String serial(Authority.Issued issued)
      throws IOException, GeneralSecurityException {
    return certificate(issued.certificate()).getSerialNumber().toString();
  }

  private static X509Certificate certificate(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
