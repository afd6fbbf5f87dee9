package io.qupersync.app;

import io.qupersync.application.inspect.CheckConnections;
import io.qupersync.application.inspect.DiscoverTables;
import io.qupersync.application.inspect.ExplainRow;
import io.qupersync.application.inspect.PreviewJob;
import io.qupersync.application.inspect.RepairJob;
import io.qupersync.application.inspect.VerifyJob;
import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.query.RejectedRows;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.MoveWatermark;
import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.infrastructure.postgres.PostgresDatabase;
import io.qupersync.infrastructure.postgres.PostgresProbe;
import io.qupersync.infrastructure.postgres.PostgresTargetReader;
import io.qupersync.infrastructure.redshift.RedshiftCatalog;
import java.util.function.Function;

/// What looks after the copying beside the copying itself.
record InspectionTools(
    VerifyJob verify,
    RepairJob repair,
    PreviewJob preview,
    CheckConnections check,
    DiscoverTables discover,
    ExplainRow explain,
    ReplayDeadLetters replay,
    RejectedRows rejectedRows,
    MoveWatermark moveWatermark) {

  /// The two databases behind the ports.
  record Databases(SourceAdapters source, PostgresDatabase postgres) {}

  /// @param reading the one door to a run, over another source
  static InspectionTools of(
      Databases databases,
      JobDefinitions jobs,
      SyncPorts ports,
      LeasedRuns runs,
      DeadLetterBox letters,
      Function<RowSource, RunSyncJob> reading) {
    var reader = new PostgresTargetReader(databases.postgres());
    var lookup = databases.source().lookup();
    var verify = new VerifyJob(ports.source(), ports.target(), reader, letters, ports.progress());
    return new InspectionTools(
        verify,
        new RepairJob(ports.source(), verify, reading),
        new PreviewJob(ports.source(), ports.target(), ports.progress()),
        new CheckConnections(
            ports.source(),
            databases.source().probe(),
            ports.target(),
            new PostgresProbe(databases.postgres())),
        new DiscoverTables(new RedshiftCatalog(databases.source().connections())),
        new ExplainRow(ports, lookup, reader, letters),
        new ReplayDeadLetters(jobs, ports, runs, letters, reader, lookup),
        new RejectedRows(letters),
        new MoveWatermark(ports.source(), ports.target(), ports.progress()));
  }
}
