package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// What may happen to instances that serve one target together.
final class ServeDrills {

  private ServeDrills() {}

  static List<Drill> all() {
    return List.of(new ServeKilled());
  }

  /// Two instances share the work, one is killed in the middle of it: each due run was begun once,
  /// but for those of the killed one, which the other begins again within the time of a lease.
  private static final class ServeKilled implements Drill {

    private static final Duration LEASE_TTL = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final int MOST_MILLIS_BEFORE = 2000;

    /// Writes down who took which due run, and when.
    private static final String[] WATCH = {
      "create schema if not exists watch",
      "drop table if exists watch.claims",
      """
      create table watch.claims (job_id text, due_at timestamptz, owner text,
        at timestamptz default clock_timestamp())\
      """,
      """
      create or replace function watch.claimed() returns trigger security definer language plpgsql
      as $$ begin insert into watch.claims values (new.job_id, new.due_at, new.claim_owner);
      return null; end $$\
      """,
      """
      create or replace trigger claimed after update on quper.schedules for each row
        when (new.claim_token <> old.claim_token) execute function watch.claimed()\
      """
    };

    private static final String SHARED =
        "select count(*) from watch.claims having count(distinct owner) = 2 and count(*) > 8";

    private static String leftBehind(long killed) {
      return """
      select (select count(*) from quper.schedules where claim_owner like '%%:%1$d:%%')
        + (select count(*) from quper.leases where owner like '%%:%1$d:%%')
      """
          .formatted(killed);
    }

    private static String afterTheKill(long killed) {
      return """
      select count(*) from (select from watch.claims
        where owner not like '%%:%d:%%' and at > (select max(at) from watch.claims where owner like '%%:%1$d:%%')
        group by job_id having count(*) > 2) as busy
      """
          .formatted(killed);
    }

    private static String begunTwice(long killed) {
      return """
      select count(*) from (
        select (array_agg(owner order by at))[1] as first, count(*) as times
        from watch.claims group by job_id, due_at) as due
      where times > 2 or times = 2 and first not like '%%:%d:%%'
      """
          .formatted(killed);
    }

    private static final String UNWELL =
        """
        select count(*) from quper.sync_logs where trigger = 'schedule'
          and started_at >= (select min(at) from watch.claims)
          and status not in ('success', 'abandoned', 'misfired')
        """;

    @Override
    public String name() {
      return "serve-killed";
    }

    @Override
    public int usualRounds() {
      return 5;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      drillRound.arena().atTarget(WATCH);
      ProductProcess one = drillRound.serve(1);
      ProductProcess other = drillRound.serve(2);
      if (!comes(drillRound, SHARED, DrillRound.PATIENCE)) {
        drillRound.complain("two instances do not share the work: " + one.said() + other.said());
        return;
      }
      drillRound.idle(MOST_MILLIS_BEFORE);
      long killed = one.pid();
      boolean _ = one.kill();
      drillRound.struck();
      String left = "select 1 where (%s) = 0".formatted(leftBehind(killed));
      if (!comes(drillRound, left, LEASE_TTL.multipliedBy(3))) {
        drillRound.complain("what a killed instance had begun is still said to be its own");
      }
      String busy = "select 1 where (%s) = 2".formatted(afterTheKill(killed));
      if (!comes(drillRound, busy, DrillRound.PATIENCE)) {
        drillRound.complain("the survivor does not go on: " + other.said());
      }
      other.signal("TERM");
      int exit = other.await(DrillRound.PATIENCE);
      if (exit != 0) {
        drillRound.complain("told to stop, it exits with %d: %s".formatted(exit, other.said()));
      }
      judge(drillRound, killed);
    }

    private static void judge(DrillRound drillRound, long killed) throws SQLException {
      try (Connection target = drillRound.arena().target().connect()) {
        if (LeftoverCheck.count(target, begunTwice(killed)) != 0) {
          drillRound.complain("a due run was begun twice that nobody had interrupted");
        }
        if (LeftoverCheck.count(target, UNWELL) != 0) {
          drillRound.complain("a scheduled run did not end well");
        }
        if (LeftoverCheck.count(
                target, "select count(*) from quper.schedules where claim_owner is not null")
            != 0) {
          drillRound.complain("a claim was not given back");
        }
      }
    }

    /// Whether the query has a row before the patience ends.
    private static boolean comes(DrillRound drillRound, String query, Duration patience)
        throws Exception {
      long deadline = System.nanoTime() + patience.toNanos();
      try (Connection target = drillRound.arena().target().connect()) {
        while (System.nanoTime() < deadline) {
          if (LeftoverCheck.count(target, "select count(*) from (%s) as sought".formatted(query))
              > 0) {
            return true;
          }
          Thread.sleep(GLANCE);
        }
        return false;
      }
    }
  }
}
