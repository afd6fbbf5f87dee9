package io.qupersync.domain.job;

import java.util.regex.Pattern;

/// The name of a job as the user types it: a letter or digit, then up to 99 letters, digits, `_`,
/// `-` or `.`.
public record JobId(String value) implements Comparable<JobId> {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

  public JobId {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a job's name is 1 to 100 letters, digits, '_', '-' or '.', was '%s'".formatted(value));
    }
  }

  @Override
  public int compareTo(JobId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
