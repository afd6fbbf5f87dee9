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
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;

  exports io.qupersync.interfaces.cli to
      io.qupersync.app;

  opens io.qupersync.interfaces.cli to
      info.picocli;
}
