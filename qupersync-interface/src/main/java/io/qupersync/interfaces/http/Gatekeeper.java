package io.qupersync.interfaces.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Stands before every route: who calls, how often, and whether they may.
final class Gatekeeper {

  private static final String CALLER = "caller";
  private static final Set<HandlerType> READING =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final Authentication authentication;
  private final RequestLimits limits;

  Gatekeeper(Authentication authentication, RequestLimits limits) {
    this.authentication = authentication;
    this.limits = limits;
  }

  void addTo(RoutesConfig javalin) {
    javalin.before(this::beforeAll);
    javalin.beforeMatched(this::beforeRoute);
  }

  /// Who makes the request; known once it has passed.
  static Caller callerOf(Context request) {
    Caller caller = request.attribute(CALLER);
    return caller == null ? Caller.ANONYMOUS : caller;
  }

  static boolean isChange(Context request) {
    return !READING.contains(request.method());
  }

  private void beforeAll(Context request) {
    String client = ClientAddress.of(request.ip());
    limits.onRequest(client).ifPresent(Gatekeeper::tooMany);
    if (!authentication.asksForTokens()) {
      DnsRebindingGuard.objectionTo(
              isChange(request) || request.path().startsWith("/api/"),
              header(request, "Host"),
              header(request, "Origin"),
              header(request, "Sec-Fetch-Site"))
          .ifPresent(objection -> {
            throw Problem.of(ProblemType.FORBIDDEN, objection).refusal();
          });
    }
  }

  private void beforeRoute(Context request) {
    String client = ClientAddress.of(request.ip());
    Caller caller = identify(request, client);
    request.attribute(CALLER, caller);
    for (RouteRole role : request.routeRoles()) {
      if (role instanceof Access asked && !caller.access().covers(asked)) {
        throw notAllowed(caller, asked);
      }
    }
    if (isChange(request)) {
      limits.onChange(client).ifPresent(Gatekeeper::tooMany);
    }
  }

  private Caller identify(Context request, String client) {
    if (!authentication.asksForTokens()) {
      return Caller.LOCAL;
    }
    Optional<String> authorization = header(request, "Authorization");
    if (authorization.isEmpty()) {
      return Caller.ANONYMOUS;
    }
    Optional<Caller> caller = authentication.callerOf(authorization.get());
    if (caller.isEmpty()) {
      // only they wait: whoever has a token may share the address of a proxy with those who guess
      limits.onWrongToken(client).ifPresent(Gatekeeper::tooMany);
      throw unauthorized("this token is not known here", "Bearer error=\"invalid_token\"");
    }
    return caller.get();
  }

  private static ProblemException notAllowed(Caller caller, Access asked) {
    return caller.equals(Caller.ANONYMOUS)
        ? unauthorized("send a token as 'Authorization: Bearer …'", "Bearer")
        : Problem.of(
                ProblemType.FORBIDDEN,
                "the token '%s' is a %s's; this needs an %s's"
                    .formatted(caller.name(), word(caller.access()), word(asked)))
            .refusal();
  }

  private static String word(Access access) {
    return access.name().toLowerCase(Locale.ROOT);
  }

  private static ProblemException unauthorized(String detail, String challenge) {
    return Problem.of(ProblemType.UNAUTHORIZED, detail)
        .withHeader("WWW-Authenticate", challenge)
        .refusal();
  }

  private static void tooMany(Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    throw Problem.of(
            ProblemType.TOO_MANY_REQUESTS,
            "too many requests from this address; try again in %d s".formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds))
        .refusal();
  }

  private static Optional<String> header(Context request, String name) {
    return Optional.ofNullable(request.header(name));
  }
}
