package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.aws.AwsStandIn;
import io.qupersync.sandbox.aws.FakeAwsAccount;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** node_details_sync on RA3: the whole program, a password for the database, AWS for the nodes. */
class NodesByAwsTest {

  private static final String REGION = "us-west-2";

  @TempDir Path directory;
  private Trial trial;
  private FakeAwsAccount estate;
  private AwsStandIn aws;

  @BeforeEach
  void start() throws SQLException {
    trial = new Trial(directory);
    estate = new FakeAwsAccount(InstantSource.system(), (_, _) -> {});
    aws = AwsStandIn.start(estate);
    hasNodes("LEADER", "COMPUTE-0", "COMPUTE-1");
  }

  @AfterEach
  void stop() {
    aws.close();
    trial.close();
  }

  private void hasNodes(String... roles) {
    estate.cluster(
        REGION,
        "metrics",
        new FakeAwsAccount.Cluster(
            Optional.of("metrics.aws.example"), 5439, "ra3.4xlarge", 131_072, List.of(roles)));
  }

  private Trial.Ended run(String... arguments) {
    return runWith(Map.of(), arguments);
  }

  private Trial.Ended runWith(Map<String, String> other, String... arguments) {
    var environment = new HashMap<String, String>();
    environment.put("AWS_ACCESS_KEY_ID", AwsStandIn.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", AwsStandIn.SECRET_KEY);
    environment.put("AWS_DEFAULT_REGION", REGION);
    environment.put("AWS_ENDPOINT_URL", aws.endpoint().toString());
    environment.put("REDSHIFT_FLAVOR", "ra3");
    environment.put("REDSHIFT_CLUSTER_IDENTIFIER", "metrics");
    environment.putAll(other);
    return trial.runWith(environment, arguments);
  }

  private List<List<String>> nodes() throws SQLException {
    return trial.targetRows(
        "select node_role, compute_node, node_type, private_ip, cluster_status, capacity_mb"
            + " from quper.node_details order by node_role");
  }

  @Test
  void copies_what_aws_tells_and_drops_what_a_resize_took_away() throws SQLException {
    assertThat(run("run", "node_details_sync").exit()).isEqualTo(ExitCode.DONE);

    assertThat(nodes())
        .containsExactly(
            List.of("COMPUTE-0", "0", "ra3.4xlarge", "10.0.1.11", "available", "131072"),
            List.of("COMPUTE-1", "1", "ra3.4xlarge", "10.0.1.12", "available", "131072"),
            Arrays.asList("LEADER", null, "ra3.4xlarge", "10.0.1.10", "available", "131072"));

    hasNodes("LEADER", "COMPUTE-0");
    assertThat(run("run", "node_details_sync").exit()).isEqualTo(ExitCode.DONE);
    assertThat(nodes()).hasSize(2);
  }

  @Test
  void a_cluster_that_tells_no_nodes_costs_no_row() throws SQLException {
    assertThat(run("run", "node_details_sync").exit()).isEqualTo(ExitCode.DONE);
    hasNodes();

    Trial.Ended ended = run("run", "node_details_sync");

    assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out()).contains("max_deleted_percent");
    assertThat(nodes()).hasSize(3);
  }

  @Test
  void what_looks_into_jobs_looks_into_this_one_too() throws SQLException {
    assertThat(run("run", "node_details_sync").exit()).isEqualTo(ExitCode.DONE);

    assertThat(run("verify", "node_details_sync").exit()).isEqualTo(ExitCode.DONE);
    assertThat(run("plan", "node_details_sync").out())
        .contains("-- no SQL: redshift:DescribeClusters (ClusterIdentifier = metrics)");
    assertThat(run("preview", "node_details_sync").out()).contains("COMPUTE-1");
    assertThat(run("check").out()).contains("node_details_sync reads").contains("18 columns");
    trial.atTarget("delete from quper.node_details where node_role = 'LEADER'");
    assertThat(run("verify", "node_details_sync").exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run("explain", "node_details_sync", "--key", "primary", "--key", "LEADER").out())
        .contains("the target lacks the row");
  }

  @Test
  void tells_in_one_line_which_permission_is_missing_and_copies_the_rest() {
    aws.deny("redshift:DescribeClusters");

    Trial.Ended ended = run("run", "node_details_sync", "table_stats_sync");

    assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out())
        .contains("AWS denies redshift:DescribeClusters on cluster 'metrics'")
        .containsPattern("table_stats_sync +ok");
    assertThat(run("check").out())
        .contains("AWS denies redshift:DescribeClusters on cluster 'metrics'");
  }

  @Test
  void tells_in_which_region_it_looked() {
    Trial.Ended ended =
        runWith(Map.of("AWS_DEFAULT_REGION", "eu-west-1"), "run", "node_details_sync");

    assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out()).contains("AWS knows no cluster 'metrics' in region eu-west-1");
  }

  @Test
  void a_table_of_the_other_kind_is_not_mixed_with() {
    assertThat(
            runWith(
                    Map.of("REDSHIFT_FLAVOR", "provisioned", "REDSHIFT_CLUSTER_IDENTIFIER", ""),
                    "run",
                    "node_details_sync")
                .exit())
        .isEqualTo(ExitCode.DONE);

    Trial.Ended ended = run("run", "node_details_sync");

    assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.out()).contains("target quper.node_details has no unique index on its key");
  }
}
