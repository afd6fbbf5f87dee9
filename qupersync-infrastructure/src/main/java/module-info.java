/**
 * The adapters behind the ports: Redshift, PostgreSQL and the state kept in it.
 *
 * <p>The suppressed warnings name what javac cannot see from here: the app module is compiled after
 * this one, and the migrations are a folder of SQL, not a package of classes.
 */
@SuppressWarnings({"module", "opens"})
@org.jspecify.annotations.NullMarked
module io.qupersync.infrastructure {
  requires static transitive org.jspecify;
  requires transitive io.qupersync.application;
  requires com.amazon.redshift.jdbc;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires java.sql;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  // The PostgreSQL driver's classes carry its annotations; javac warns of what it cannot resolve.
  requires static org.checkerframework.checker.qual;

  exports io.qupersync.infrastructure.jdbc to
      io.qupersync.app;
  exports io.qupersync.infrastructure.postgres to
      io.qupersync.app;
  exports io.qupersync.infrastructure.redshift to
      io.qupersync.app;
  exports io.qupersync.infrastructure.store to
      io.qupersync.app;

  // Unqualified: Flyway reads the migrations through the class loader, which "to flyway.core" does
  // not reach.
  opens db.migration;
}
