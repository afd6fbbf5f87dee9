package io.qupersync.sandbox.standin;

import io.qupersync.sandbox.relay.ResultFormat;
import io.qupersync.sandbox.server.Durability;
import io.qupersync.sandbox.server.ServerSettings;

/// How a [RedshiftStandIn] is to be started. Start from [#defaults()] and change what matters.
///
/// @param flavor which views there are
/// @param encryption whether a client that asks for TLS gets it
/// @param results how values travel to the driver; a real cluster sends binary
/// @param durability of the PostgreSQL behind it
/// @param database the Redshift database
/// @param user a plain user with SELECT on the system views, as `sys:monitor` gives it
/// @param password random unless chosen
public record StandInSettings(
    Flavor flavor,
    Encryption encryption,
    ResultFormat results,
    Durability durability,
    String database,
    String user,
    String password) {

  /// What the stand-in answers when a client asks for encryption.
  public enum Encryption {
    /// Clients must say `ssl=false`.
    NONE,

    /// A certificate of its own for `localhost`; see [RedshiftStandIn#certificateAuthority()].
    TLS
  }

  /// A provisioned cluster without encryption, results in binary, database `dev`, user `qupersync`.
  public static StandInSettings defaults() {
    return new StandInSettings(
        Flavor.PROVISIONED,
        Encryption.NONE,
        ResultFormat.BINARY,
        Durability.FAST,
        "dev",
        "qupersync",
        ServerSettings.randomPassword());
  }

  public StandInSettings flavor(Flavor chosen) {
    return new StandInSettings(chosen, encryption, results, durability, database, user, password);
  }

  public StandInSettings encryption(Encryption chosen) {
    return new StandInSettings(flavor, chosen, results, durability, database, user, password);
  }

  public StandInSettings results(ResultFormat chosen) {
    return new StandInSettings(flavor, encryption, chosen, durability, database, user, password);
  }

  public StandInSettings durability(Durability chosen) {
    return new StandInSettings(flavor, encryption, results, chosen, database, user, password);
  }

  public StandInSettings database(String chosen) {
    return new StandInSettings(flavor, encryption, results, durability, chosen, user, password);
  }

  public StandInSettings user(String chosen) {
    return new StandInSettings(flavor, encryption, results, durability, database, chosen, password);
  }

  public StandInSettings password(String chosen) {
    return new StandInSettings(flavor, encryption, results, durability, database, user, chosen);
  }

  ServerSettings server() {
    ServerSettings settings =
        durability == Durability.FAST ? ServerSettings.fast() : ServerSettings.durable();
    return settings.database(database);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "StandInSettings[%s, %s, %s, %s, database=%s, user=%s]"
        .formatted(flavor, encryption, results, durability, database, user);
  }
}
