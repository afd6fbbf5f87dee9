package io.qupersync.sandbox.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks the signature of a request as AWS does: computes it once more from the secret key.
///
/// @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">SigV4</a>
final class SignatureV4 {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request, "
              + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration OLDEST = Duration.ofMinutes(15);

  private final String accessKey;
  private final String secretKey;
  private final InstantSource clock;

  SignatureV4(String accessKey, String secretKey, InstantSource clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.clock = clock;
  }

  /// What a good signature says of its request.
  record Scope(String region, String service) {}

  /// @throws AwsRefusal when the request is not signed by whoever has the secret key
  Scope check(AwsRequest request) {
    String authorization = request.header("authorization").orElse("");
    Matcher parts = AUTHORIZATION.matcher(authorization);
    if (!parts.matches()) {
      throw new AwsRefusal(403, "MissingAuthenticationToken", "Missing Authentication Token");
    }
    if (!parts.group(1).equals(accessKey)) {
      throw new AwsRefusal(
          403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    String date = request.header("x-amz-date").orElse("");
    requireRecent(date);
    String scope =
        "%s/%s/%s/aws4_request".formatted(parts.group(2), parts.group(3), parts.group(4));
    List<String> signed = List.of(parts.group(5).split(";"));
    String canonical = canonical(request, signed);
    String toSign = "AWS4-HMAC-SHA256\n%s\n%s\n%s".formatted(date, scope, sha256(canonical));
    byte[] expected = hmac(key(parts), toSign);
    byte[] given = HexFormat.of().parseHex(parts.group(6));
    // the host must be signed, or the request could be replayed elsewhere
    if (!signed.contains("host")
        || !date.startsWith(parts.group(2))
        || !MessageDigest.isEqual(expected, given)) {
      throw new AwsRefusal(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided.");
    }
    return new Scope(parts.group(3), parts.group(4));
  }

  private void requireRecent(String date) {
    Optional<Instant> at =
        date.matches("\\d{8}T\\d{6}Z")
            ? Optional.of(Instant.from(TIME.parse(date)))
            : Optional.empty();
    Instant now = clock.instant();
    if (at.isEmpty() || Duration.between(at.get(), now).abs().compareTo(OLDEST) > 0) {
      throw new AwsRefusal(403, "SignatureDoesNotMatch", "Signature expired: " + date);
    }
  }

  private static String canonical(AwsRequest request, List<String> signed) {
    var lines = new ArrayList<String>();
    lines.add(request.method());
    lines.add(request.path());
    lines.add("");
    for (String name : signed) {
      lines.add(name + ":" + request.header(name).orElse("").strip().replaceAll(" +", " "));
    }
    lines.add("");
    lines.add(String.join(";", signed));
    lines.add(sha256(request.body()));
    return String.join("\n", lines);
  }

  private byte[] key(Matcher parts) {
    byte[] day = hmac(("AWS4" + secretKey).getBytes(UTF_8), parts.group(2));
    return hmac(hmac(hmac(day, parts.group(3)), parts.group(4)), "aws4_request");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String sha256(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
