/** The program: configuration, wiring, main. The only module that knows all others. */
@org.jspecify.annotations.NullMarked
module io.qupersync.app {
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires com.cronutils;
  requires io.qupersync.application;
  requires io.qupersync.domain;
  requires io.qupersync.infrastructure;
  requires io.qupersync.interfaces;
  // Signals
  requires jdk.unsupported;
  requires org.slf4j;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  // Only the demo needs it; in production its jar is not there.
  requires static io.qupersync.sandbox;

  provides ch.qos.logback.classic.spi.Configurator with
      io.qupersync.app.LogSetup;
}
