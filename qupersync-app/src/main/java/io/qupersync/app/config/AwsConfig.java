package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.Secret;
import java.net.URI;
import java.util.Optional;

/// The usual AWS variables of the environment, for what is asked of AWS itself.
///
/// @param endpointUrl in the place of AWS's public endpoints
public record AwsConfig(
    Optional<String> accessKeyId,
    Optional<Secret> secretAccessKey,
    Optional<Secret> sessionToken,
    Optional<String> region,
    Optional<URI> endpointUrl) {}
