package io.qupersync.infrastructure.store;

import io.qupersync.application.port.ProgressStore.Basis;
import io.qupersync.application.port.TargetRow;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.Lease;
import io.qupersync.infrastructure.json.StateJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moves a watermark and remembers what it was made for. The row that the target is asked for is
/// looked up in the same statement, for the state lives in the target's database.
final class AdvanceSql {

  private final StateSchema schema;

  AdvanceSql(StateSchema schema) {
    this.schema = schema;
  }

  /// @return false when another run has taken over; nothing was written then
  boolean execute(
      Connection connection,
      Lease lease,
      Optional<Watermark> watermark,
      Instant at,
      Optional<Basis> basis)
      throws SQLException {
    Optional<TargetRow> sought = basis.flatMap(Basis::row);
    Optional<WitnessSql> witness = sought.map(row -> new WitnessSql(row.mapping()));
    try (PreparedStatement statement = connection.prepareStatement(sql(basis, witness))) {
      int next = 1;
      statement.setString(next++, lease.job().value());
      statement.setLong(next++, lease.token());
      if (sought.isPresent()) {
        var key = WitnessSql.keyOf(sought.get());
        statement.setString(next++, StateJson.write(key));
        statement.setString(next++, witness.get().markColumn().orElse(null));
        for (String value : witness.get().parameters(key)) {
          statement.setString(next++, value);
        }
      }
      statement.setString(next++, lease.job().value());
      statement.setObject(next++, at.atOffset(ZoneOffset.UTC));
      statement.setString(next++, watermark.map(Watermark::toString).orElse(null));
      statement.setString(next, metadata(watermark, basis));
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }

  private String sql(Optional<Basis> basis, Optional<WitnessSql> witness) {
    boolean anew = basis.map(Basis::anew).orElse(false);
    String former = basis.isPresent() ? WatermarkOriginJson.FORGOTTEN : "s.metadata";
    return """
    with %s%s,
    moved as (
      insert into %s as s (job_id, last_sync_time, watermark, metadata)
      select ?, ?, ?, %s where exists (select from held)
      on conflict (job_id) do update set
        last_sync_time = excluded.last_sync_time,
        watermark = %s,
        metadata = %s || excluded.metadata,
        checkpoint = null)
    select exists (select from held)
    """
        .formatted(
            Fence.held(schema),
            witness.map(AdvanceSql::seen).orElse(""),
            schema.jobs(),
            witness.isPresent()
                ? "jsonb_strip_nulls(?::jsonb%s || coalesce((select found from seen), '{}'))"
                    .formatted(WatermarkOriginJson.BY_THIS_INSTANCE)
                : "?::jsonb" + (basis.isPresent() ? WatermarkOriginJson.BY_THIS_INSTANCE : ""),
            anew ? "excluded.watermark" : "coalesce(excluded.watermark, s.watermark)",
            anew ? former + " - 'watermark' - 'lateness'" : former);
  }

  private static String seen(WitnessSql witness) {
    String value =
        witness.markColumn().map(name -> witness.column(name) + "::text").orElse("null::text");
    return """
    , seen as (
      select jsonb_build_object('%s', jsonb_strip_nulls(
        jsonb_build_object('key', ?::jsonb, 'column', ?::text, 'value', %s)), '%s', null) as found
      from %s where %s limit 1)\
    """
        .formatted(
            WatermarkOriginJson.WITNESS,
            value,
            WatermarkOriginJson.BY_HAND,
            witness.table(),
            witness.hasKey());
  }

  private static String metadata(Optional<Watermark> watermark, Optional<Basis> basis) {
    var metadata = new LinkedHashMap<String, @Nullable Object>();
    watermark.ifPresent(mark -> WatermarkJson.put(metadata, mark));
    basis.ifPresent(made -> {
      metadata.putAll(
          made.byHand()
              ? WatermarkOriginJson.byHand(made.fingerprint())
              : WatermarkOriginJson.fields(made.fingerprint()));
      made.otherwise()
          .ifPresent(known ->
              metadata.put(WatermarkOriginJson.WITNESS, WatermarkOriginJson.fields(known)));
    });
    return StateJson.write(metadata);
  }
}
