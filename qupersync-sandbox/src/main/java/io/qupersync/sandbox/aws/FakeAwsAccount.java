package io.qupersync.sandbox.aws;

import static io.qupersync.sandbox.aws.AwsText.element;
import static io.qupersync.sandbox.aws.AwsText.object;
import static io.qupersync.sandbox.aws.AwsText.quoted;
import static io.qupersync.sandbox.aws.AwsText.result;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// What somebody has in AWS: clusters, workgroups and secrets, each in a region. Safe for use by
/// many threads.
public final class FakeAwsAccount {

  private static final Duration STANDARD = Duration.ofMinutes(15);

  private final InstantSource clock;
  private final BiConsumer<String, String> letIn;
  private final Map<Place, Cluster> clusters = new ConcurrentHashMap<>();
  private final Map<Place, Workgroup> workgroups = new ConcurrentHashMap<>();
  private final Map<Place, String> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();

  /// @param clock by which passwords run out
  /// @param letIn told each user and password that is given out, to make the database let them in
  public FakeAwsAccount(InstantSource clock, BiConsumer<String, String> letIn) {
    this.clock = clock;
    this.letIn = letIn;
  }

  private record Place(String region, String name) {}

  /// @param host empty for one that is paused
  /// @param roles one node each, such as LEADER and COMPUTE-0
  /// @param otherZone the roles that it has in a second zone; empty for a cluster in one zone
  public record Cluster(
      Optional<String> host,
      int port,
      String nodeType,
      long capacity,
      List<String> roles,
      List<String> otherZone) {

    public Cluster {
      roles = List.copyOf(roles);
      otherZone = List.copyOf(otherZone);
    }

    /// In one zone.
    public Cluster(
        Optional<String> host, int port, String nodeType, long capacity, List<String> roles) {
      this(host, port, nodeType, capacity, roles, List.of());
    }
  }

  public record Workgroup(String host, int port) {}

  public FakeAwsAccount cluster(String region, String identifier, Cluster cluster) {
    clusters.put(new Place(region, identifier), cluster);
    return this;
  }

  public FakeAwsAccount workgroup(String region, String name, Workgroup workgroup) {
    workgroups.put(new Place(region, name), workgroup);
    return this;
  }

  /// @param text what it holds, usually JSON
  public FakeAwsAccount secret(String region, String name, String text) {
    secrets.put(new Place(region, name), text);
    return this;
  }

  String answer(String action, String region, AwsRequest request) {
    return switch (action) {
      case "redshift:DescribeClusters" -> describeClusters(region, request);
      case "redshift:GetClusterCredentials" -> {
        cluster(region, request);
        yield credentials(request, "IAM:" + request.parameter("DbUser").orElseThrow());
      }
      case "redshift:GetClusterCredentialsWithIAM" -> {
        cluster(region, request);
        yield credentials(request, "IAM:standin");
      }
      case "redshift-serverless:GetWorkgroup" -> workgroup(region, request);
      case "redshift-serverless:GetCredentials" -> serverlessCredentials(region, request);
      case "secretsmanager:GetSecretValue" -> secret(region, request);
      default -> throw new AwsRefusal(400, "InvalidAction", "Could not find operation " + action);
    };
  }

  private Cluster cluster(String region, AwsRequest request) {
    String name = request.parameter("ClusterIdentifier").orElse("");
    return Optional.ofNullable(clusters.get(new Place(region, name)))
        .orElseThrow(
            () -> new AwsRefusal(404, "ClusterNotFound", "Cluster %s not found.".formatted(name)));
  }

  private String describeClusters(String region, AwsRequest request) {
    Cluster cluster = cluster(region, request);
    String endpoint =
        cluster
            .host()
            .map(host ->
                "<Endpoint>%s%s</Endpoint>"
                    .formatted(
                        element("Address", host),
                        element("Port", Integer.toString(cluster.port()))))
            .orElse("");
    String otherZone =
        cluster.otherZone().isEmpty()
            ? ""
            : "<MultiAZSecondary>%s%s</MultiAZSecondary>"
                .formatted(
                    element("AvailabilityZone", region + "b"),
                    nodes("10.0.2.", cluster.otherZone()));
    String described =
        element("ClusterIdentifier", request.parameter("ClusterIdentifier").orElseThrow())
            + element("ClusterStatus", cluster.host().isPresent() ? "available" : "paused")
            + element("ClusterAvailabilityStatus", "Available")
            + element("NodeType", cluster.nodeType())
            + element("NumberOfNodes", Long.toString(computeNodes(cluster)))
            + element("TotalStorageCapacityInMegaBytes", Long.toString(cluster.capacity()))
            + element("AvailabilityZone", region + "a")
            + element("ClusterVersion", "1.0")
            + element("ClusterRevisionNumber", "77467")
            + element("ClusterCreateTime", "2025-02-11T06:03:12.418Z")
            + endpoint
            + nodes("10.0.1.", cluster.roles())
            + otherZone;
    return result(
        "DescribeClusters", "<Clusters><Cluster>%s</Cluster></Clusters>".formatted(described));
  }

  private static long computeNodes(Cluster cluster) {
    return cluster.roles().stream().filter(role -> !role.equals("LEADER")).count();
  }

  private static String nodes(String network, List<String> roles) {
    var nodes = new StringBuilder();
    for (int i = 0; i < roles.size(); i++) {
      nodes.append(
          "<member>%s%s</member>"
              .formatted(
                  element("NodeRole", roles.get(i)),
                  element("PrivateIPAddress", network + (i + 10))));
    }
    return "<ClusterNodes>%s</ClusterNodes>".formatted(nodes);
  }

  private String credentials(AwsRequest request, String user) {
    String password = password(user);
    return result(
        request.operation(),
        element("DbUser", user)
            + element("DbPassword", password)
            + element("Expiration", expiration(request, "DurationSeconds").toString()));
  }

  private String workgroup(String region, AwsRequest request) {
    String name = request.parameter("workgroupName").orElse("");
    Workgroup found = workgroups.get(new Place(region, name));
    if (found == null) {
      throw new AwsRefusal(
          400, "ResourceNotFoundException", "Workgroup %s not found.".formatted(name));
    }
    String endpoint =
        object(Map.of("address", quoted(found.host()), "port", Integer.toString(found.port())));
    return object(
        Map.of(
            "workgroup",
            object(
                Map.of(
                    "workgroupName", quoted(name),
                    "status", quoted("AVAILABLE"),
                    "endpoint", endpoint))));
  }

  private String serverlessCredentials(String region, AwsRequest request) {
    workgroup(region, request);
    String user = "IAMR:standin";
    return object(
        Map.of(
            "dbUser", quoted(user),
            "dbPassword", quoted(password(user)),
            "expiration", Long.toString(expiration(request, "durationSeconds").getEpochSecond())));
  }

  private String secret(String region, AwsRequest request) {
    String name = request.parameter("SecretId").orElse("");
    String text = secrets.get(new Place(region, name));
    if (text == null) {
      throw new AwsRefusal(
          400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return object(Map.of("Name", quoted(name), "SecretString", quoted(text)));
  }

  private String password(String user) {
    String password = "temporary-" + issued.incrementAndGet();
    letIn.accept(user, password);
    return password;
  }

  private Instant expiration(AwsRequest request, String parameter) {
    Duration asked =
        request.parameter(parameter).map(Long::valueOf).map(Duration::ofSeconds).orElse(STANDARD);
    if (asked.compareTo(STANDARD) < 0 || asked.compareTo(Duration.ofHours(1)) > 0) {
      throw new AwsRefusal(400, "ValidationError", "DurationSeconds must be 900 to 3600");
    }
    return clock.instant().plus(asked);
  }
}
