package io.qupersync.infrastructure.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.Flavor;
import io.qupersync.infrastructure.jdbc.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What kind of Redshift there is, by what cannot be mistaken.
final class FlavorOfSourceTest {

  private static final String USER = Source.standIn().user();

  @AfterEach
  void asBefore() {
    Source.execute(
        "set allow_system_table_mods = on",
        "drop table if exists pg_catalog.sys_serverless_usage",
        "delete from pg_catalog.stv_slices",
        "grant select on pg_catalog.stv_slices to " + USER);
  }

  private static void usageView() {
    Source.execute(
        "set allow_system_table_mods = on",
        "create table pg_catalog.sys_serverless_usage (start_time timestamp)",
        "grant select on pg_catalog.sys_serverless_usage to " + USER);
  }

  private static void deny(String view) {
    Source.execute(
        "set allow_system_table_mods = on",
        "revoke all on pg_catalog.%s from %s, public".formatted(view, USER));
  }

  private static void slice() {
    Source.execute(
        "set allow_system_table_mods = on",
        "insert into pg_catalog.stv_slices (node, slice) values (0, 0)");
  }

  @Test
  void only_serverless_has_the_view_of_its_usage() {
    assertThat(Source.rows().flavor()).isEqualTo(Flavor.PROVISIONED);

    usageView();

    assertThat(Source.rows().flavor()).isEqualTo(Flavor.SERVERLESS);
  }

  @Test
  void a_cluster_whose_slices_the_user_may_not_see_is_no_serverless() {
    slice();
    deny("stv_slices");

    assertThat(Source.rows().flavor()).isEqualTo(Flavor.PROVISIONED);
  }

  @Test
  void a_view_of_usage_that_the_user_may_not_see_says_nothing() {
    usageView();
    deny("sys_serverless_usage");
    assertThat(Source.rows().flavor()).isEqualTo(Flavor.SERVERLESS);

    slice();
    assertThat(Source.rows().flavor()).isEqualTo(Flavor.PROVISIONED);
  }

  @Test
  void who_may_see_nothing_is_told_to_say_it() {
    usageView();
    deny("sys_serverless_usage");
    deny("stv_slices");

    assertThatThrownBy(() -> Source.rows().flavor())
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("source.flavor")
        .hasMessageContaining("grant role sys:monitor");
  }

  @ParameterizedTest
  @CsvSource({
    "analytics.123456789012.us-west-2.redshift-serverless.amazonaws.com, SERVERLESS",
    "Analytics.123456789012.US-WEST-2.Redshift-Serverless.amazonaws.com., SERVERLESS",
    "wg-endpoint-abc.123456789012.cn-north-1.redshift-serverless.amazonaws.com.cn, SERVERLESS",
    "metrics.abc123.us-west-2.redshift.amazonaws.com, PROVISIONED",
    "metrics.abc123.cn-north-1.redshift.amazonaws.com.cn, PROVISIONED"
  })
  void the_name_of_an_endpoint_tells_without_a_question(String host, Flavor flavor) {
    var login = new RedshiftSettings.Login(host, 5439, "dev", "u", new Secret("p"));

    assertThat(Source.rows(Source.settings(login)).flavor()).isEqualTo(flavor);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.7",
    "warehouse.internal",
    "redshift.amazonaws.com.evil.example",
    "redshift-serverless"
  })
  void a_name_of_ones_own_tells_nothing(String host) {
    assertThat(ServerFacts.flavorOf(host)).isEmpty();
  }
}
