package io.qupersync.infrastructure.jdbc;

/// A value that must not be seen: it shows itself only to whoever asks for it by name.
public final class Secret {

  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /// The value, for a driver and nobody else.
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
