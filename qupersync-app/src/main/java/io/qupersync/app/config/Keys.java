package io.qupersync.app.config;

import java.util.List;
import java.util.stream.Stream;

/// Every key there is, by the mapping it stands in. The JSON Schema lists the same; a test holds
/// the two together.
enum Keys {
  ROOT(
      "source",
      "target",
      "server",
      "defaults",
      "jobs",
      "builtin_jobs",
      "migrate",
      "log",
      "shutdown_grace",
      "max_concurrent_runs",
      "history",
      "alerts"),
  /// A file in `jobs.d`.
  MORE_JOBS("jobs"),
  SOURCE(
      "name",
      "auth",
      "host",
      "port",
      "database",
      "user",
      "password",
      "cluster_identifier",
      "workgroup",
      "region",
      "secret",
      "ssl",
      "ssl_root_cert",
      "flavor",
      "views",
      "max_connections",
      "query_group",
      "read_only",
      "search_path",
      "options"),
  TARGET(
      "host",
      "port",
      "database",
      "user",
      "password",
      "ssl",
      "ssl_root_cert",
      "schema",
      "pool_size",
      "lease_ttl",
      "search_path",
      "options"),
  SERVER("host", "port", "tokens", "tls"),
  TLS("certificate", "key"),
  TOKEN("name", "token", "role"),
  ALERT(
      "name", "url", "format", "events", "rejected_over", "expiring_within", "headers", "timeout"),
  DEFAULTS(
      "interval",
      "lookback",
      "batch_size",
      "max_transaction_rows",
      "max_rejected",
      "max_deleted_percent",
      "parallel",
      "timezone",
      "misfire_grace",
      "timeout",
      "retry"),
  RETRY("max_retries", "base_delay", "max_delay"),
  JOB(
      with(
          FlavoredJob.NAMES,
          "description",
          "enabled",
          "freshness",
          "after",
          "share_target",
          "full_schedule",
          "flavors")),
  FLAVORS("provisioned", "ra3", "sys", "serverless"),
  /// What a job may say for one flavor only.
  FLAVORED_JOB(FlavoredJob.NAMES),
  JOB_SOURCE("table", "query", "aws"),
  WATERMARK(
      "column", "lookback", "initial", "nulls", "ordered", "retention", "hold_back_max", "open"),
  OPEN("column", "values"),
  SCHEDULE("every", "cron", "timezone", "jitter"),
  COLUMN("from", "type", "required", "default", "normalize"),
  STAMP("source", "time");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> names;

  Keys(String... names) {
    this(List.of(names));
  }

  Keys(List<String> names) {
    this.names = names;
  }

  /// Of a job, whatever the flavor; a class of its own, for constants of an enum cannot use the
  /// enum's own fields.
  private static final class FlavoredJob {
    static final List<String> NAMES =
        List.of(
            "source",
            "target",
            "key",
            "mode",
            "watermark",
            "schedule",
            "conflict",
            "columns",
            "exclude",
            "update_columns",
            "stamp",
            "schema",
            "batch_size",
            "max_transaction_rows",
            "max_rejected",
            "max_deleted_percent",
            "parallel",
            "split_by",
            "timeout",
            "retry");
  }

  private static List<String> with(List<String> names, String... more) {
    return Stream.concat(Stream.of(more), names.stream()).toList();
  }

  List<String> names() {
    return names;
  }
}
