package io.qupersync.app.config;

/// Which family of system views jobs read that have a form for each flavor.
public enum ViewsSetting {
  /// STL and STV on a provisioned cluster, SYS on Serverless.
  AUTO,

  /// SYS on a provisioned cluster too: those show what ran on concurrency-scaling clusters, and
  /// there are no others where the cluster spans several zones.
  SYS
}
