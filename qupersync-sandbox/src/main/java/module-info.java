/**
 * A Redshift stand-in, embedded databases and generated data. Stands alone: it knows nothing of the
 * product it is there to exercise, and the product never needs it except in the demo and in tests.
 */
@org.jspecify.annotations.NullMarked
module io.qupersync.sandbox {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires embedded.postgres;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.jfr;
  requires org.postgresql.jdbc;
  requires org.slf4j;
  // only for javac, which must resolve the annotations on the PostgreSQL driver's classes
  requires static org.checkerframework.checker.qual;
  // embedded.postgres is an automatic module and pulls in none of the named modules it calls:
  // NoClassDefFoundError at run time without these.
  requires jdk.security.auth;
  requires org.apache.commons.codec;
  requires org.apache.commons.compress;
  requires org.apache.commons.io;
  requires org.apache.commons.lang3;
  requires org.tukaani.xz;

  exports io.qupersync.sandbox;
  exports io.qupersync.sandbox.aws;
  exports io.qupersync.sandbox.bench;
  exports io.qupersync.sandbox.data;
  exports io.qupersync.sandbox.drill;
  exports io.qupersync.sandbox.relay;
  exports io.qupersync.sandbox.server;
  exports io.qupersync.sandbox.standin;
  exports io.qupersync.sandbox.tls;
}
