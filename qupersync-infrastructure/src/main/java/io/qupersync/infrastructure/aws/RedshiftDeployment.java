package io.qupersync.infrastructure.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Redshift as AWS knows it.
public sealed interface RedshiftDeployment {

  /// A provisioned cluster.
  record Cluster(String identifier) implements RedshiftDeployment {
    @Override
    public String toString() {
      return "cluster '%s'".formatted(identifier);
    }
  }

  /// Of Redshift Serverless.
  record Workgroup(String name) implements RedshiftDeployment {
    @Override
    public String toString() {
      return "workgroup '%s'".formatted(name);
    }
  }

  /// What a host's name tells of it.
  record Placed(RedshiftDeployment warehouse, String region) {}

  /// Reads the names that AWS gives: `metrics.abc123.us-west-2.redshift.amazonaws.com` is the
  /// cluster `metrics`, `analytics.123456789012.us-west-2.redshift-serverless.amazonaws.com` the
  /// workgroup `analytics`. A name of one's own tells nothing.
  static Optional<Placed> at(String host) {
    Matcher name = Names.AWS.matcher(host);
    if (!name.matches()) {
      return Optional.empty();
    }
    RedshiftDeployment redshiftDeployment =
        name.group(3).equals("redshift")
            ? new Cluster(name.group(1))
            : new Workgroup(name.group(1));
    return Optional.of(new Placed(redshiftDeployment, name.group(2)));
  }

  /// How AWS forms the names of hosts.
  final class Names {
    private static final Pattern AWS =
        Pattern.compile(
            "([^.]+)\\.[^.]+\\.([a-z0-9-]+)\\.(redshift|redshift-serverless)\\.amazonaws\\.com(?:\\.cn)?");

    private Names() {}
  }
}
