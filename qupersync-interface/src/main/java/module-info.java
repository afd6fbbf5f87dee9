/**
 * What people and programs talk to. The name is a plural because {@code interface} is a Java
 * keyword.
 *
 * <p>Suppressed: the app module, to which this exports, is compiled after this one.
 */
@SuppressWarnings("module")
@org.jspecify.annotations.NullMarked
module io.qupersync.interfaces {
  requires static transitive org.jspecify;
  requires transitive io.qupersync.application;
  requires info.picocli;
  requires io.javalin;
  requires jakarta.servlet;
  requires me.tongfei.progressbar;
  requires org.eclipse.jetty.server;
  requires org.slf4j;
  requires tools.jackson.databind;

  exports io.qupersync.interfaces.cli to
      io.qupersync.app;
  exports io.qupersync.interfaces.http to
      io.qupersync.app;
  exports io.qupersync.interfaces.text to
      io.qupersync.app;

  opens io.qupersync.interfaces.cli to
      info.picocli;
  opens io.qupersync.interfaces.http.view to
      tools.jackson.databind;
}
