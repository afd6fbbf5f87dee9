package io.qupersync.infrastructure.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.infrastructure.jdbc.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedshiftSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "my-cluster.abc123.us-east-1.redshift.amazonaws.com, my-cluster/dev",
    "localhost, localhost/dev",
    "10.1.2.3, 10.1.2.3/dev",
    "fe80::1, fe80::1/dev"
  })
  void a_source_is_named_after_its_host_and_database(String host, String name) {
    assertThat(RedshiftSettings.defaults(login(host)).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"enableFetchRingBuffer", "ENABLEFETCHRINGBUFFER", "readOnly", "password", "Host"})
  void what_would_break_a_promise_is_no_option(String option) {
    assertThatThrownBy(() -> with(Map.of(option, "true"), Optional.empty()))
        .hasMessage("source.options must not set %s; remove it", option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"it's", "back\\slash", "two\nlines", ""})
  void a_query_group_holds_nothing_that_ends_a_literal(String group) {
    assertThatThrownBy(() -> with(Map.of(), Optional.of(group)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_timeout_that_would_mean_for_ever_is_refused() {
    Duration ten = Duration.ofSeconds(10);

    assertThatThrownBy(() -> new RedshiftSettings.Limits(1, ten, ten, Duration.ofMillis(999), 1, 1))
        .hasMessageContaining("socket timeout must be 1s to 24d");
    assertThatThrownBy(() -> new RedshiftSettings.Limits(0, ten, ten, ten, 1, 1))
        .hasMessageContaining("max_connections");
  }

  @Test
  void the_password_is_not_shown() {
    assertThat(RedshiftSettings.defaults(login("h"))).asString().doesNotContain("s3cret");
  }

  @Test
  void options_reach_the_driver_but_cannot_switch_the_ring_buffer_on() {
    var settings = with(Map.of("TcpKeepAlive", "false"), Optional.empty());
    var properties = DriverProperties.of(settings).toProperties();

    assertThat(properties)
        .containsEntry("tcpkeepalive", "false")
        .containsEntry("enablefetchringbuffer", "false")
        .containsEntry("sslmode", "verify-full");
  }

  private static RedshiftSettings with(Map<String, String> options, Optional<String> queryGroup) {
    RedshiftSettings defaults = RedshiftSettings.defaults(login("h"));
    return new RedshiftSettings(
        defaults.logins(),
        defaults.encryption(),
        defaults.flavor(),
        defaults.sourceName(),
        queryGroup,
        defaults.limits(),
        options);
  }

  private static RedshiftSettings.Login login(String host) {
    return new RedshiftSettings.Login(host, 5439, "dev", "me", new Secret("s3cret"));
  }
}
