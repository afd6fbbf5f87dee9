package io.qupersync.app.config;

/// How QuperSync gets in at the source.
public enum AuthSetting {
  /// With a user and a password that are set.
  PASSWORD,
  /// With temporary passwords that AWS gives to an IAM identity.
  IAM,
  /// With a user and a password that lie in AWS Secrets Manager.
  SECRETS_MANAGER
}
