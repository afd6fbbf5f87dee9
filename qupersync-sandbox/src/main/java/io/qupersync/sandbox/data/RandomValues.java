package io.qupersync.sandbox.data;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// All chance in the generated data: the same seed throws the same dice.
final class RandomValues {
  private final RandomGenerator random;

  RandomValues(RandomGenerator random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  long between(long least, long most) {
    return random.nextLong(least, most + 1);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// The fraction's whole part, and one more with the probability of the rest: averages to it.
  int about(double average) {
    return (int) Math.floor(average) + (chance(average - Math.floor(average)) ? 1 : 0);
  }

  /// Around the typical value, mostly within a factor of ten, now and then far beyond.
  long skewed(double typical) {
    return Math.max(1, Math.round(typical * Math.exp(random.nextGaussian() * 1.2)));
  }

  Duration skewed(Duration typical) {
    return micros(skewed(typical.toNanos() / 1000.0));
  }

  Instant within(Instant from, Duration length) {
    return from.plus(between(0, length.toMillis() * 1000 - 1), ChronoUnit.MICROS);
  }

  UUID guid() {
    // the version and variant bits of a random UUID, as a real one has
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  /// Looks like Redshift's query hashes.
  String hash() {
    var text = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      text.append(SampleWords.BASE64.charAt(random.nextInt(64)));
    }
    return text.append('=').toString();
  }

  static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }
}
