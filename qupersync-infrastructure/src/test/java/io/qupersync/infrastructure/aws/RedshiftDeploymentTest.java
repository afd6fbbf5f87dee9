package io.qupersync.infrastructure.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedshiftDeploymentTest {

  @Test
  void aws_names_a_cluster_and_its_region_in_the_host() {
    assertThat(RedshiftDeployment.at("metrics.abc123xyz.us-west-2.redshift.amazonaws.com"))
        .hasValue(
            new RedshiftDeployment.Placed(new RedshiftDeployment.Cluster("metrics"), "us-west-2"));
    assertThat(RedshiftDeployment.at("metrics.abc123xyz.cn-north-1.redshift.amazonaws.com.cn"))
        .hasValue(
            new RedshiftDeployment.Placed(new RedshiftDeployment.Cluster("metrics"), "cn-north-1"));
  }

  @Test
  void aws_names_a_workgroup_and_its_region_in_the_host() {
    assertThat(
            RedshiftDeployment.at(
                "analytics.123456789012.eu-central-1.redshift-serverless.amazonaws.com"))
        .hasValue(
            new RedshiftDeployment.Placed(
                new RedshiftDeployment.Workgroup("analytics"), "eu-central-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "10.1.2.3", "warehouse.example.com", "redshift.amazonaws.com", ""})
  void a_name_of_ones_own_tells_nothing(String host) {
    assertThat(RedshiftDeployment.at(host)).isEmpty();
  }
}
