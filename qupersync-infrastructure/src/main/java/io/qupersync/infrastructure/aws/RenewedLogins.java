package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.infrastructure.aws.LoginIssuer.Issued;
import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.redshift.Logins;
import io.qupersync.infrastructure.redshift.RedshiftSettings.Login;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a login for as long as it holds, and gets the next one before it runs out. Where that
/// fails, the old one is used to its end: AWS being away for minutes stops no run.
public final class RenewedLogins implements Logins {

  private static final Logger LOG = LoggerFactory.getLogger(RenewedLogins.class);

  /// How long before its end a login is renewed: longer than any two clocks differ, and than
  /// connecting takes.
  static final Duration MARGIN = Duration.ofMinutes(5);

  private final LoginIssuer issuer;
  private final Endpoint endpoint;
  private final InstantSource clock;
  private Optional<Issued> current = Optional.empty();
  private Instant since = Instant.MIN;

  RenewedLogins(LoginIssuer issuer, Endpoint endpoint, InstantSource clock) {
    this.issuer = issuer;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /// One thread asks AWS, the others wait for the same answer.
  @Override
  public synchronized Login next() {
    Instant now = clock.instant();
    return current
        .filter(issued -> now.isBefore(issued.until().minus(MARGIN)))
        .map(Issued::login)
        .orElseGet(() -> renewed(now));
  }

  private Login renewed(Instant now) {
    try {
      Issued next = issuer.issue(now);
      current = Optional.of(next);
      since = now;
      return next.login();
    } catch (SyncFailure failure) {
      Issued old =
          current.filter(issued -> now.isBefore(issued.until())).orElseThrow(() -> failure);
      LOG.warn("the source's login could not be renewed and holds until {}", old.until(), failure);
      return old.login();
    }
  }

  /// A password that was changed before its time is given up. One that was refused at its first use
  /// is not worth another.
  @Override
  public synchronized boolean refused(Login login) {
    if (current.filter(issued -> issued.login().equals(login)).isEmpty()) {
      return true;
    }
    current = Optional.empty();
    return since.isBefore(clock.instant());
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }
}
