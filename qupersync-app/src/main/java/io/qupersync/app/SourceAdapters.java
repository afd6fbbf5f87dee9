package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.SourceLookup;
import io.qupersync.application.port.SourceProbe;
import io.qupersync.domain.job.Flavor;
import io.qupersync.infrastructure.aws.ClusterNodes;
import io.qupersync.infrastructure.aws.NodesLookup;
import io.qupersync.infrastructure.aws.NodesProbe;
import io.qupersync.infrastructure.aws.NodesSource;
import io.qupersync.infrastructure.redshift.RedshiftConnections;
import io.qupersync.infrastructure.redshift.RedshiftLookup;
import io.qupersync.infrastructure.redshift.RedshiftPing;
import io.qupersync.infrastructure.redshift.RedshiftProbe;
import io.qupersync.infrastructure.redshift.RedshiftRowSource;
import java.time.InstantSource;
import java.util.function.Consumer;

/// The warehouse: what SQL tells of it and, where that is asked for, what AWS does.
record SourceAdapters(
    RedshiftConnections connections,
    RowSource rows,
    SourceLookup lookup,
    SourceProbe probe,
    RedshiftPing ping) {

  /// Connects to nothing yet.
  ///
  /// @param whenKnown told which kind of Redshift it is, as soon as that is known
  static SourceAdapters of(
      Configuration configuration, InstantSource clock, Consumer<Flavor> whenKnown) {
    var connections =
        new RedshiftConnections(
            Wiring.redshift(configuration.source(), configuration.aws(), clock), clock);
    var sql =
        new SourceAdapters(
            connections,
            new RedshiftRowSource(connections, whenKnown),
            new RedshiftLookup(connections),
            new RedshiftProbe(connections),
            new RedshiftPing(connections));
    return Wiring.nodes(configuration.source(), configuration.aws()).map(sql::with).orElse(sql);
  }

  private SourceAdapters with(ClusterNodes nodes) {
    return new SourceAdapters(
        connections,
        new NodesSource(rows, nodes),
        new NodesLookup(lookup, nodes),
        new NodesProbe(probe, nodes),
        ping);
  }
}
