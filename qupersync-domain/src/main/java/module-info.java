/** What a sync is: jobs, tables, rows, progress and runs. Nothing here waits, connects or logs. */
@org.jspecify.annotations.NullMarked
module io.qupersync.domain {
  requires static transitive org.jspecify;

  exports io.qupersync.domain.alert;
  exports io.qupersync.domain.job;
  exports io.qupersync.domain.mapping;
  exports io.qupersync.domain.progress;
  exports io.qupersync.domain.row;
  exports io.qupersync.domain.run;
  exports io.qupersync.domain.table;
}
