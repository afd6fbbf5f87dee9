package io.qupersync.domain.job;

/// The two kinds of Redshift, which offer different system views.
///
/// @see <a href="https://docs.aws.amazon.com/redshift/latest/dg/cm_chap_system-tables.html">System
///   tables and views</a>
public enum Flavor {
  PROVISIONED,
  SERVERLESS
}
