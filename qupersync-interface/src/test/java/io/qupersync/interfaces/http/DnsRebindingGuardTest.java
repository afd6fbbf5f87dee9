package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DnsRebindingGuardTest {

  private static final Optional<String> NONE = Optional.empty();

  private static Optional<String> reading(String host) {
    return DnsRebindingGuard.objectionTo(false, Optional.of(host), NONE, NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080"})
  void serves_this_machine_by_its_own_names(String host) {
    assertThat(reading(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        ""
      })
  void refuses_a_name_that_another_may_have_pointed_here(String host) {
    assertThat(reading(host)).isPresent();
  }

  @Test
  void refuses_changes_by_the_page_of_another_site() {
    var host = Optional.of("localhost:8080");
    assertThat(DnsRebindingGuard.objectionTo(true, host, Optional.of("https://evil.example"), NONE))
        .isPresent();
    assertThat(
            DnsRebindingGuard.objectionTo(true, host, Optional.of("http://localhost:9999"), NONE))
        .as("another program's page on this machine")
        .isPresent();
    assertThat(DnsRebindingGuard.objectionTo(true, host, Optional.of("null"), NONE)).isPresent();
    assertThat(DnsRebindingGuard.objectionTo(true, host, NONE, Optional.of("cross-site")))
        .isPresent();
  }

  @Test
  void allows_changes_by_the_own_page_and_by_programs() {
    var host = Optional.of("localhost:8080");
    assertThat(
            DnsRebindingGuard.objectionTo(
                true, host, Optional.of("http://localhost:8080"), Optional.of("same-origin")))
        .isEmpty();
    assertThat(DnsRebindingGuard.objectionTo(true, host, NONE, NONE)).isEmpty();
  }
}
