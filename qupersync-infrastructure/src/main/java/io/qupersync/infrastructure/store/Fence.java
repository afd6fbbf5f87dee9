package io.qupersync.infrastructure.store;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Keeps a run from writing whose lease another one has taken over.
public final class Fence {

  private final String lock;

  public Fence(StateSchema schema) {
    this.lock = lock(schema);
  }

  private static String lock(StateSchema schema) {
    return "select owner from %s where job_id = ? and token = ? and run_id is not null for update"
        .formatted(schema.leases());
  }

  /// A part named `held` for another statement, with the lease's owner; empty where another run has
  /// taken over; else the lease holds until the transaction ends. Its parameters are the job and
  /// the token.
  static String held(StateSchema schema) {
    return "held as (%s)".formatted(lock(schema));
  }

  /// Whether no other run has taken over.
  public boolean stands(Connection connection, Lease lease) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(lock)) {
      statement.setString(1, lease.job().value());
      statement.setLong(2, lease.token());
      return statement.executeQuery().next();
    }
  }

  public static PermanentFailure lost(Lease lease) {
    return new PermanentFailure(
        FailureKind.LEASE_LOST,
        "run %s lost its lease on job '%s': another run has taken over, and this one wrote nothing more"
            .formatted(lease.run(), lease.job()));
  }
}
