package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import java.util.Optional;
import software.amazon.awssdk.services.redshift.model.Cluster;
import software.amazon.awssdk.services.redshiftserverless.model.Workgroup;

/// Where a server listens.
record Address(String host, int port) {

  private static final String WORKGROUP_KEY = "source.workgroup";

  /// Asks AWS where the warehouse listens.
  static Address of(RedshiftDeployment redshiftDeployment, Aws aws) {
    return switch (redshiftDeployment) {
      case RedshiftDeployment.Cluster cluster -> ofCluster(cluster, aws);
      case RedshiftDeployment.Workgroup workgroup -> ofWorkgroup(workgroup, aws);
    };
  }

  private static Address ofCluster(RedshiftDeployment.Cluster cluster, Aws aws) {
    Cluster found = aws.cluster(cluster, Aws.Purpose.CONNECTION);
    return Optional.ofNullable(found.endpoint())
        .filter(endpoint -> endpoint.address() != null)
        .map(endpoint -> new Address(endpoint.address(), endpoint.port()))
        .orElseThrow(() -> notUp(cluster, found.clusterStatus()));
  }

  private static Address ofWorkgroup(RedshiftDeployment.Workgroup workgroup, Aws aws) {
    var question =
        new Aws.Question("redshift-serverless:GetWorkgroup", workgroup.toString(), WORKGROUP_KEY);
    Workgroup found =
        aws.serverless(
            question,
            client -> client.getWorkgroup(ask -> ask.workgroupName(workgroup.name())).workgroup());
    return Optional.ofNullable(found.endpoint())
        .filter(endpoint -> endpoint.address() != null)
        .map(endpoint -> new Address(endpoint.address(), endpoint.port()))
        .orElseThrow(() -> notUp(workgroup, found.statusAsString()));
  }

  private static TransientFailure notUp(RedshiftDeployment redshiftDeployment, String status) {
    return new TransientFailure(
        FailureKind.UNREACHABLE,
        "cannot connect: %s has no address, its status is '%s'; wait until it is available, or resume it"
            .formatted(redshiftDeployment, status));
  }
}
