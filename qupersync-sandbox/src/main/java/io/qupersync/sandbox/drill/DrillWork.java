package io.qupersync.sandbox.drill;

import java.sql.SQLException;
import java.util.List;
import java.util.Random;

/// What there is to copy in a round, and the changes at the source that make it worth copying.
enum DrillWork {
  /// By watermark and lookback.
  ORDERS,
  /// A mirror.
  STOCK,
  BOTH,
  /// With the eight built-in jobs.
  ALL;

  // the clock of the source, which is not that of its PostgreSQL
  private static final String NOW =
      "(select (clock_timestamp() + ahead) at time zone 'UTC' from pg_redshift.clock)";

  /// Mostly the small jobs: the eight take long, and rarely break where these do not.
  static DrillWork any(Random random) {
    int side = random.nextInt(10);
    return side < 5 ? ORDERS : side < 7 ? STOCK : side < 9 ? BOTH : ALL;
  }

  List<String> arguments() {
    return switch (this) {
      case ORDERS -> List.of("orders");
      case STOCK -> List.of("stock");
      case BOTH -> List.of("orders", "stock");
      case ALL -> List.of("--all");
    };
  }

  boolean isOneJob() {
    return this == ORDERS || this == STOCK;
  }

  private String forget() {
    return switch (this) {
      case ORDERS -> "forget-orders.sql";
      case STOCK -> "forget-stock.sql";
      case BOTH -> "forget.sql";
      case ALL -> "forget-all.sql";
    };
  }

  /// Changes rows at the source; now and then, and the built-in jobs always, the target begins
  /// anew.
  void prepare(DrillEnvironment drillEnvironment, Random random) throws SQLException {
    if (this == ALL || random.nextInt(4) == 0) {
      beginAnew(drillEnvironment);
    }
    change(drillEnvironment, random);
  }

  /// Drops the work's tables in the target, and what is known of how far they came.
  void beginAnew(DrillEnvironment drillEnvironment) throws SQLException {
    drillEnvironment.atTarget(DrillSql.read(forget()));
  }

  /// Some rows change now, others come late, and of the mirrored ones a few vanish. No row's stamp
  /// goes back: the watermark would then rightly lie beyond all that is in the target.
  static void change(DrillEnvironment drillEnvironment, Random random) throws SQLException {
    int part = random.nextInt(3);
    int turn = random.nextInt(1_000_000);
    drillEnvironment.atSource(
        """
        update public.orders set amount = amount + 1, note = md5(id::text || %1$d),
          updated_at = greatest(updated_at, %2$s - random() * interval '5 minutes')
        where id %% 3 = %3$d
        """
            .formatted(turn, NOW, part),
        """
        insert into public.orders
        select m.top + n, 'new in ' || %1$d, n / 8.0, repeat('y', n), %2$s - n * interval '1 second'
        from generate_series(1, 200) as n, (select max(id) as top from public.orders) as m
        """
            .formatted(turn, NOW),
        "update public.stock set quantity = %d %% 1000 + place where mod(hashtext(sku), 3) = %d"
            .formatted(turn, part),
        "delete from public.stock where abs(mod(hashtext(sku || %d), 50)) = 7".formatted(turn),
        "insert into public.stock select 'add-%d-' || n, 0, n, n from generate_series(1, 150) as n on conflict do nothing"
            .formatted(turn));
  }
}
