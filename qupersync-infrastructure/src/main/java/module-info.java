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
  requires ch.randelshofer.fastdoubleparser;
  requires com.amazon.redshift.jdbc;
  requires com.cronutils;
  requires com.zaxxer.hikari;
  requires flyway.core;
  requires java.management;
  requires java.net.http;
  requires java.sql;
  requires jdk.management;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  requires software.amazon.awssdk.auth;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  // these three only in the signatures of what is called, which javac wants to see
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.services.redshift;
  requires software.amazon.awssdk.services.redshiftserverless;
  requires software.amazon.awssdk.services.secretsmanager;
  requires software.amazon.awssdk.utils;
  requires tools.jackson.databind;
  // The PostgreSQL driver's classes carry its annotations; javac warns of what it cannot resolve.
  requires static org.checkerframework.checker.qual;

  exports io.qupersync.infrastructure.aws to
      io.qupersync.app;
  exports io.qupersync.infrastructure.cron to
      io.qupersync.app;
  exports io.qupersync.infrastructure.jdbc to
      io.qupersync.app;
  exports io.qupersync.infrastructure.metrics to
      io.qupersync.app;
  exports io.qupersync.infrastructure.postgres to
      io.qupersync.app;
  exports io.qupersync.infrastructure.redshift to
      io.qupersync.app;
  exports io.qupersync.infrastructure.store to
      io.qupersync.app;
  exports io.qupersync.infrastructure.webhook to
      io.qupersync.app;

  // Unqualified: Flyway reads the migrations through the class loader, which "to flyway.core" does
  // not reach.
  opens db.migration;
}
