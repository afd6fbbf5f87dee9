package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns what the SDK throws into one line for the user.
final class AwsFailures {

  private static final Set<String> DENIALS =
      Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized");
  private static final Set<String> BAD_KEYS =
      Set.of(
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "InvalidClientTokenId",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Set<String> NOT_THERE =
      Set.of("ClusterNotFound", "ClusterNotFoundFault", "ResourceNotFoundException");

  private AwsFailures() {}

  static SyncFailure of(Aws.Question question, AwsSettings settings, SdkException failure) {
    return switch (failure) {
      case AbortedException aborted -> {
        Thread.currentThread().interrupt();
        yield new TransientFailure(
            FailureKind.UNREACHABLE, "cannot ask AWS: it was interrupted", aborted);
      }
      case AwsServiceException refused -> refusal(question, settings, refused);
      default -> unanswered(question, failure);
    };
  }

  private static SyncFailure refusal(
      Aws.Question question, AwsSettings settings, AwsServiceException refused) {
    Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
    String code = details.map(AwsErrorDetails::errorCode).orElse("");
    String said = details.map(AwsErrorDetails::errorMessage).orElse(code);
    if (refused.isThrottlingException()) {
      return passing(
          question, "AWS has too many questions to answer: " + said, "it is asked again", refused);
    }
    if (DENIALS.contains(code)) {
      return lasting(
          question,
          "AWS denies %s on %s: %s".formatted(question.action(), question.about(), said),
          "allow that action to the identity that QuperSync runs as",
          refused);
    }
    if (BAD_KEYS.contains(code)) {
      return lasting(
          question,
          "AWS does not accept the keys: " + said,
          "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or the profile, and this machine's clock",
          refused);
    }
    if (NOT_THERE.contains(code)) {
      String region = settings.region().map(" in region "::concat).orElse(" in the region asked");
      return lasting(
          question,
          "AWS knows no %s%s".formatted(question.about(), region),
          "check %s and source.region".formatted(question.key()),
          refused);
    }
    String what = "AWS answers %s with %s: %s".formatted(question.action(), code, said);
    return refused.statusCode() >= 500
        ? passing(question, what, "it is asked again", refused)
        : lasting(question, what, "check %s".formatted(question.key()), refused);
  }

  /// The SDK tells these apart by their words alone.
  private static SyncFailure unanswered(Aws.Question question, SdkException failure) {
    String said = SqlFailures.reason(failure);
    if (said.startsWith("Unable to load region")) {
      return lasting(
          question,
          "it is not known in which region to ask AWS",
          "set source.region, or AWS_REGION",
          failure);
    }
    if (said.startsWith("Unable to load credentials")) {
      return lasting(
          question,
          "there are no keys to ask AWS with",
          "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile in AWS_PROFILE, or give the machine a role",
          failure);
    }
    return passing(
        question,
        "AWS cannot be reached: " + said,
        "check the network, the name service and AWS_ENDPOINT_URL",
        failure);
  }

  private static SyncFailure passing(
      Aws.Question question, String what, String todo, SdkException cause) {
    return new TransientFailure(FailureKind.UNREACHABLE, message(question, what, todo), cause);
  }

  private static SyncFailure lasting(
      Aws.Question question, String what, String todo, SdkException cause) {
    return new PermanentFailure(question.purpose().refused(), message(question, what, todo), cause);
  }

  private static String message(Aws.Question question, String what, String todo) {
    return "cannot %s: %s; %s".formatted(question.purpose().step(), what, todo);
  }
}
