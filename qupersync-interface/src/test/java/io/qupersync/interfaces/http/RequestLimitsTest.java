package io.qupersync.interfaces.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final RequestLimits limits = new RequestLimits(clock);

  private void spendChanges(String client) {
    for (int i = 0; i < RequestLimits.CHANGES.burst(); i++) {
      assertThat(limits.onChange(client)).isEmpty();
    }
  }

  @Test
  void admit_a_burst_then_so_many_per_second() {
    spendChanges("a");
    assertThat(limits.onChange("a")).contains(Duration.ofMillis(100));
    clock.tick(Duration.ofMillis(100));
    assertThat(limits.onChange("a")).isEmpty();
    assertThat(limits.onChange("a")).isPresent();
  }

  @Test
  void count_every_client_for_itself() {
    spendChanges("a");
    assertThat(limits.onChange("b")).isEmpty();
  }

  @Test
  void give_no_more_than_a_burst_after_any_time() {
    spendChanges("a");
    clock.tick(Duration.ofDays(1));
    spendChanges("a");
    assertThat(limits.onChange("a")).isPresent();
  }

  @Test
  void survive_a_clock_that_is_set_back() {
    spendChanges("a");
    clock.tick(Duration.ofDays(-1));
    assertThat(limits.onChange("a")).isPresent();
    clock.tick(Duration.ofMillis(100));
    assertThat(limits.onChange("a")).isEmpty();
  }

  @Test
  void count_a_network_of_ipv6_as_one_client() {
    assertThat(ClientAddress.of("2001:db8:1:2:aaaa::1"))
        .isEqualTo(ClientAddress.of("[2001:db8:1:2:bbbb:1:2:3]"))
        .isNotEqualTo(ClientAddress.of("2001:db8:1:3::1"));
    assertThat(ClientAddress.of("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(ClientAddress.of("::1")).isEqualTo("::1");
  }
}
