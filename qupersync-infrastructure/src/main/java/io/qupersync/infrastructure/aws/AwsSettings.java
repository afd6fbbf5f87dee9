package io.qupersync.infrastructure.aws;

import io.qupersync.infrastructure.jdbc.Secret;
import java.net.URI;
import java.util.Optional;

/// How to ask AWS.
///
/// @param region empty leaves it to the SDK: the variables, the profile, the machine's own
/// @param keys empty leaves them to the SDK: the profile, a web identity, the container's role, the
///   machine's role
/// @param endpoint in the place of AWS's public ones, such as a private endpoint of a VPC
public record AwsSettings(Optional<String> region, Optional<Keys> keys, Optional<URI> endpoint) {

  /// @param sessionToken what keys that were lent for a time come with
  public record Keys(String accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}
}
