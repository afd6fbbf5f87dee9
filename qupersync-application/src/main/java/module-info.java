/** What happens: the use cases, and the ports through which they reach the world. */
@org.jspecify.annotations.NullMarked
module io.qupersync.application {
  requires static transitive org.jspecify;
  requires transitive io.qupersync.domain;
  requires org.slf4j;

  exports io.qupersync.application.alert;
  exports io.qupersync.application.inspect;
  exports io.qupersync.application.port;
  exports io.qupersync.application.query;
  exports io.qupersync.application.schedule;
  exports io.qupersync.application.sync;
}
