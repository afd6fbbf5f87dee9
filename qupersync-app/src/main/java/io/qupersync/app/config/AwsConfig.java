package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.Secret;
import java.util.Optional;

/// The usual AWS variables of the environment, for what is asked of AWS itself.
public record AwsConfig(
    Optional<String> accessKeyId, Optional<Secret> secretAccessKey, Optional<String> region) {}
