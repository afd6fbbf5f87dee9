package io.qupersync.infrastructure.aws;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshift.model.ClusterNode;
import software.amazon.awssdk.services.redshift.model.Endpoint;
import software.amazon.awssdk.services.redshift.model.SecondaryClusterInfo;

/// The nodes of a cluster as AWS describes them: a row for each, beside it what holds for all.
///
/// @see <a
///   href="https://docs.aws.amazon.com/redshift/latest/APIReference/API_DescribeClusters.html">DescribeClusters</a>
public final class ClusterNodes {

  /// AWS documents `SHARED`, the only node of a small cluster, and gives `LEADER` and `COMPUTE-0`.
  private static final Pattern COMPUTE = Pattern.compile("COMPUTE-(\\d{1,9})");

  private static final List<Part> PARTS =
      List.of(
          new Part("placement", Plain.TEXT, Node::placement),
          new Part("node_role", Plain.TEXT, node -> node.itself().nodeRole()),
          new Part("compute_node", Plain.INTEGER, node -> computeNode(node.itself().nodeRole())),
          new Part("node_type", Plain.TEXT, node -> node.cluster().nodeType()),
          new Part("private_ip", Plain.TEXT, node -> node.itself().privateIPAddress()),
          new Part("public_ip", Plain.TEXT, node -> node.itself().publicIPAddress()),
          new Part("availability_zone", Plain.TEXT, Node::zone),
          new Part("cluster_identifier", Plain.TEXT, node -> node.cluster().clusterIdentifier()),
          new Part("cluster_status", Plain.TEXT, node -> node.cluster().clusterStatus()),
          new Part(
              "cluster_availability",
              Plain.TEXT,
              node -> node.cluster().clusterAvailabilityStatus()),
          new Part(
              "compute_node_count", Plain.INTEGER, node -> whole(node.cluster().numberOfNodes())),
          new Part(
              "capacity_mb",
              Plain.BIGINT,
              node -> node.cluster().totalStorageCapacityInMegaBytes()),
          new Part("endpoint_host", Plain.TEXT, node -> host(node.cluster().endpoint())),
          new Part("endpoint_port", Plain.INTEGER, node -> port(node.cluster().endpoint())),
          new Part("cluster_version", Plain.TEXT, node -> node.cluster().clusterVersion()),
          new Part("cluster_revision", Plain.TEXT, node -> node.cluster().clusterRevisionNumber()),
          new Part(
              "cluster_created_at",
              Plain.TIMESTAMP,
              node -> utc(node.cluster().clusterCreateTime())),
          new Part(
              "next_maintenance_at",
              Plain.TIMESTAMP,
              node -> utc(node.cluster().nextMaintenanceWindowStartTime())));

  /// What a row has, in the order of its cells.
  static final TableShape SHAPE =
      new TableShape(
          PARTS.stream().map(part -> new Column(part.name(), part.type(), true)).toList());

  private final Aws aws;
  private final RedshiftDeployment.Cluster cluster;

  public ClusterNodes(Aws aws, RedshiftDeployment.Cluster cluster) {
    this.aws = aws;
    this.cluster = cluster;
  }

  /// A column and where its cells come from.
  private record Part(String name, ColumnType type, Function<Node, @Nullable Object> cell) {}

  /// @param placement `primary`, or `secondary` for those that a cluster over two zones has in the
  ///   other
  private record Node(Cluster cluster, String placement, String zone, ClusterNode itself) {}

  /// Asks AWS; every node there is now.
  ///
  /// @throws io.qupersync.application.port.SyncFailure when there is no answer
  List<Row> read() {
    Cluster found = aws.cluster(cluster, Aws.Purpose.NODES);
    var nodes = new ArrayList<Row>();
    found.clusterNodes().stream()
        .map(node -> row(new Node(found, "primary", found.availabilityZone(), node)))
        .forEach(nodes::add);
    SecondaryClusterInfo other = found.multiAZSecondary();
    if (other != null) {
      other.clusterNodes().stream()
          .map(node -> row(new Node(found, "secondary", other.availabilityZone(), node)))
          .forEach(nodes::add);
    }
    return nodes;
  }

  /// The question, for people.
  String question() {
    return "redshift:DescribeClusters (ClusterIdentifier = %s)".formatted(cluster.identifier());
  }

  private static Row row(Node node) {
    return new Row(PARTS.stream().map(part -> part.cell().apply(node)).toArray());
  }

  private static @Nullable Long computeNode(@Nullable String role) {
    Matcher compute = COMPUTE.matcher(role == null ? "" : role);
    return compute.matches() ? Long.valueOf(compute.group(1)) : null;
  }

  private static @Nullable String host(@Nullable Endpoint endpoint) {
    return endpoint == null ? null : endpoint.address();
  }

  private static @Nullable Long port(@Nullable Endpoint endpoint) {
    return endpoint == null ? null : whole(endpoint.port());
  }

  private static @Nullable Long whole(@Nullable Integer number) {
    return number == null ? null : Long.valueOf(number);
  }

  private static @Nullable LocalDateTime utc(@Nullable Instant time) {
    return time == null ? null : LocalDateTime.ofInstant(time, ZoneOffset.UTC);
  }
}
