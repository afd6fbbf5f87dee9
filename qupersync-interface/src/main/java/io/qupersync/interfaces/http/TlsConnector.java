package io.qupersync.interfaces.http;

import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/// Jetty's door for encrypted requests, TLS 1.2 and later. There is no other beside it.
final class TlsConnector {

  private TlsConnector() {}

  static Connector of(
      Server server, HttpConfiguration http, HttpSettings settings, TlsFiles files) {
    var ssl = new SslContextFactory.Server();
    var identity = new CertificateReloader(files);
    ssl.setSslContext(context(identity));
    var encrypted = new HttpConfiguration(http);
    // a name other than the certificate's is the client's to refuse: it may come by an address
    encrypted.addCustomizer(new SecureRequestCustomizer(false));
    var connector =
        new ServerConnector(
            server,
            new SslConnectionFactory(ssl, "http/1.1"),
            new HttpConnectionFactory(encrypted));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(http.getIdleTimeout());
    connector.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStopped(LifeCycle stopped) {
            identity.close();
          }
        });
    return connector;
  }

  private static SSLContext context(CertificateReloader identity) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, null, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
