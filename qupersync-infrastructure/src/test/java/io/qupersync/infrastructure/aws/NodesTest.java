package io.qupersync.infrastructure.aws;

import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceProbe;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.sandbox.aws.AwsStandIn;
import io.qupersync.sandbox.aws.FakeAwsAccount;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The nodes of a cluster, from a stand-in that computes every signature once more.
@Timeout(60)
final class NodesTest {

  private static final String REGION = "us-west-2";
  private static final RedshiftDeployment.Cluster METRICS =
      new RedshiftDeployment.Cluster("metrics");

  private final FakeAwsAccount estate =
      new FakeAwsAccount(SettableClock.atSomeMorning(), (_, _) -> {});
  private final AwsStandIn aws = AwsStandIn.start(estate);

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void each_node_is_a_row_with_what_holds_for_the_cluster() {
    aCluster(List.of("LEADER", "COMPUTE-0", "COMPUTE-1"), List.of());

    List<Map<String, Object>> nodes = read(source(REGION), aJob().readingNodes().build());

    assertThat(nodes).extracting("node_role").containsExactly("LEADER", "COMPUTE-0", "COMPUTE-1");
    assertThat(nodes).extracting("compute_node").containsExactly(null, 0L, 1L);
    assertThat(nodes).extracting("placement").containsOnly("primary");
    assertThat(nodes.getLast())
        .containsEntry("node_type", "ra3.4xlarge")
        .containsEntry("private_ip", "10.0.1.12")
        .containsEntry("public_ip", null)
        .containsEntry("availability_zone", "us-west-2a")
        .containsEntry("cluster_identifier", "metrics")
        .containsEntry("cluster_status", "available")
        .containsEntry("cluster_availability", "Available")
        .containsEntry("compute_node_count", 2L)
        .containsEntry("capacity_mb", 262_144_000L)
        .containsEntry("endpoint_host", "metrics.aws.example")
        .containsEntry("endpoint_port", 5440L)
        .containsEntry("cluster_version", "1.0")
        .containsEntry("cluster_revision", "77467")
        .containsEntry("cluster_created_at", LocalDateTime.parse("2025-02-11T06:03:12.418"))
        .containsEntry("next_maintenance_at", null);
    assertThat(aws.calls()).containsExactly("redshift:DescribeClusters");
  }

  @Test
  void a_cluster_over_two_zones_has_its_nodes_told_apart() {
    aCluster(List.of("LEADER", "COMPUTE-0"), List.of("LEADER", "COMPUTE-0"));

    List<Map<String, Object>> nodes = read(source(REGION), aJob().readingNodes().build());

    assertThat(nodes)
        .extracting(node -> "%s %s".formatted(node.get("placement"), node.get("node_role")))
        .containsExactly(
            "primary LEADER", "primary COMPUTE-0", "secondary LEADER", "secondary COMPUTE-0");
    assertThat(nodes.getLast()).containsEntry("availability_zone", "us-west-2b");
  }

  @Test
  void the_only_node_of_a_small_cluster_is_no_numbered_one() {
    aCluster(List.of("SHARED"), List.of());

    assertThat(read(source(REGION), aJob().readingNodes().build()))
        .singleElement()
        .satisfies(node -> assertThat(node).containsEntry("node_role", "SHARED"))
        .satisfies(node -> assertThat(node).containsEntry("compute_node", null));
  }

  @Test
  void a_paused_cluster_has_nodes_and_no_endpoint() {
    estate.cluster(
        REGION,
        "metrics",
        new FakeAwsAccount.Cluster(Optional.empty(), 5440, "ra3.large", 1, List.of("SHARED")));

    assertThat(read(source(REGION), aJob().readingNodes().build()))
        .singleElement()
        .satisfies(node -> assertThat(node).containsEntry("cluster_status", "paused"))
        .satisfies(node -> assertThat(node).containsEntry("endpoint_host", null))
        .satisfies(node -> assertThat(node).containsEntry("endpoint_port", null));
  }

  @Test
  void rows_come_in_batches_as_large_as_the_job_says() {
    aCluster(List.of("LEADER", "COMPUTE-0", "COMPUTE-1"), List.of());
    SyncJob job = aJob().readingNodes().batchesOf(2).build();
    RowSource source = source(REGION);

    try (Rows rows = source.openPacked(job, source.shapeOf(job), Window.everything())) {
      assertThat(rows.next().orElseThrow().size()).isEqualTo(2);
      assertThat(rows.next().orElseThrow().size()).isEqualTo(1);
      assertThat(rows.next()).isEmpty();
    }
  }

  @Test
  void the_plan_tells_the_question_in_the_place_of_sql() {
    RowSource source = source(REGION);
    SyncJob job = aJob().readingNodes().build();

    assertThat(source.describe(job, source.shapeOf(job), Window.everything()))
        .isEqualTo("-- no SQL: redshift:DescribeClusters (ClusterIdentifier = metrics)");
    assertThat(aws.calls()).isEmpty();
  }

  @Test
  void a_single_node_is_found_by_its_key() {
    aCluster(List.of("LEADER", "COMPUTE-0"), List.of());
    var lookup = new NodesLookup((_, _, _) -> List.of(), new ClusterNodes(client(REGION), METRICS));

    List<Row> found =
        lookup.find(
            aJob().readingNodes().build(),
            ClusterNodes.SHAPE,
            Map.of("placement", "primary", "node_role", "COMPUTE-0"));

    assertThat(found).hasSize(1);
    assertThat(cells(found.getFirst())).containsEntry("private_ip", "10.0.1.11");
  }

  @Test
  void says_which_action_is_not_allowed() {
    aCluster(List.of("SHARED"), List.of());
    aws.deny("redshift:DescribeClusters");

    SyncFailure failure = failure(source(REGION));

    assertThat(failure)
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "cannot read the cluster's nodes: AWS denies redshift:DescribeClusters on cluster 'metrics':"
                + " User: arn:aws:iam::123456789012:user/standin is not authorized to perform:"
                + " redshift:DescribeClusters; allow that action to the identity that QuperSync runs as");
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE);
    assertThat(probe().obstacleTo(aJob().readingNodes().build(), ClusterNodes.SHAPE))
        .hasValue(failure.getMessage());
  }

  @Test
  void says_in_which_region_it_looked() {
    aCluster(List.of("SHARED"), List.of());

    assertThat(failure(source("eu-central-1")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessage(
            "cannot read the cluster's nodes: AWS knows no cluster 'metrics' in region eu-central-1;"
                + " check source.cluster_identifier and source.region");
  }

  @Test
  void an_aws_that_is_away_may_come_back() {
    RowSource source = source(REGION);
    aws.close();

    SyncFailure failure = failure(source);

    assertThat(failure)
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("cannot read the cluster's nodes: AWS cannot be reached: ");
    assertThat(failure.kind()).isEqualTo(FailureKind.UNREACHABLE);
  }

  @Test
  void what_is_allowed_meets_no_obstacle() {
    aCluster(List.of("SHARED"), List.of());

    assertThat(probe().obstacleTo(aJob().readingNodes().build(), ClusterNodes.SHAPE)).isEmpty();
  }

  private void aCluster(List<String> roles, List<String> otherZone) {
    estate.cluster(
        REGION,
        "metrics",
        new FakeAwsAccount.Cluster(
            Optional.of("metrics.aws.example"),
            5440,
            "ra3.4xlarge",
            262_144_000,
            roles,
            otherZone));
  }

  private RowSource source(String region) {
    return new NodesSource(new NoDatabase(), new ClusterNodes(client(region), METRICS));
  }

  private SourceProbe probe() {
    return new NodesProbe(new NoDatabase(), new ClusterNodes(client(REGION), METRICS));
  }

  private Aws client(String region) {
    var keys =
        new AwsSettings.Keys(
            AwsStandIn.ACCESS_KEY, new Secret(AwsStandIn.SECRET_KEY), Optional.empty());
    return new Aws(
        new AwsSettings(Optional.of(region), Optional.of(keys), Optional.of(aws.endpoint())));
  }

  private static List<Map<String, Object>> read(RowSource source, SyncJob job) {
    var nodes = new ArrayList<Map<String, Object>>();
    try (Rows rows = source.open(job, source.shapeOf(job), Window.everything())) {
      for (Optional<RowBatch> batch = rows.next(); batch.isPresent(); batch = rows.next()) {
        batch.get().rows().forEach(row -> nodes.add(cells(row)));
      }
    }
    return nodes;
  }

  private static Map<String, Object> cells(Row row) {
    var cells = new HashMap<String, Object>();
    List<String> names = ClusterNodes.SHAPE.names();
    for (int i = 0; i < names.size(); i++) {
      cells.put(names.get(i), row.cell(i));
    }
    return cells;
  }

  /// Nobody who asks for nodes may end up here.
  private record NoDatabase() implements RowSource, SourceProbe {

    @Override
    public String name() {
      return "metrics/dev";
    }

    @Override
    public String place() {
      return name();
    }

    @Override
    public Flavor flavor() {
      return Flavor.PROVISIONED;
    }

    @Override
    public Instant now() {
      throw new AssertionError("asked by SQL");
    }

    @Override
    public TableShape shapeOf(SyncJob job) {
      throw new AssertionError("asked by SQL");
    }

    @Override
    public String describe(SyncJob job, TableShape shape, Window window) {
      throw new AssertionError("asked by SQL");
    }

    @Override
    public Rows open(SyncJob job, TableShape shape, Window window) {
      throw new AssertionError("asked by SQL");
    }

    @Override
    public Probed probe() {
      throw new AssertionError("asked by SQL");
    }

    @Override
    public Optional<String> obstacleTo(SyncJob job, TableShape shape) {
      throw new AssertionError("asked by SQL");
    }
  }

  private static SyncFailure failure(RowSource source) {
    return catchThrowableOfType(
        SyncFailure.class, () -> read(source, aJob().readingNodes().build()));
  }
}
