package io.qupersync.sandbox.drill;

import java.time.Duration;
import java.util.List;

/// What may happen to the process itself.
final class ProcessDrills {

  private ProcessDrills() {}

  static List<Drill> all() {
    return List.of(new Sigkill(), new Sigstop(), new Sigterm(), new TwoAtOnce());
  }

  /// Killed at any instant, several times in a row: the next run takes over at once.
  private static final class Sigkill implements Drill {

    private static final int MOST_IN_A_ROW = 5;

    @Override
    public String name() {
      return "sigkill";
    }

    @Override
    public int usualRounds() {
      return 90;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      int kills = 1 + drillRound.random().nextInt(MOST_IN_A_ROW);
      for (int i = 0; i < kills; i++) {
        var faultMoment = FaultMoment.any(drillRound.random());
        boolean ended = drillRound.random().nextInt(3) == 0;
        ProductProcess killed =
            faultMoment.in(
                drillRound,
                (process, gate) -> {
                  process.kill();
                  if (ended && gate.isPresent()) {
                    gate.get().endHeldSession();
                  }
                });
        killed.await(DrillRound.PATIENCE);
        drillRound.look();
      }
    }
  }

  /// Stopped at its start, in the middle of a batch or before the watermark moves, until another
  /// process has taken over; then it wakes up.
  private static final class Sigstop implements Drill {

    private static final Duration LEASE_TTL = Duration.ofSeconds(3);
    private static final int TRIES = 20;

    @Override
    public String name() {
      return "sigstop";
    }

    @Override
    public int usualRounds() {
      return 10;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      var faultMoment = FaultMoment.underLease(drillRound.random());
      ProductProcess stopped =
          faultMoment.in(drillRound, (process, gate) -> process.signal("STOP"));
      if (drillRound.faults() == 0) {
        return;
      }
      Thread.sleep(LEASE_TTL);
      takeOver(drillRound);
      String before = Fingerprint.of(drillRound.arena());
      stopped.signal("CONT");
      int exit = stopped.await(DrillRound.PATIENCE);
      if (exit == 0) {
        drillRound.complain("a process that had lost its lease calls its run successful");
      }
      // of several jobs, those after the one that was stopped run under leases of their own
      if (drillRound.work().isOneJob() && !before.equals(Fingerprint.of(drillRound.arena()))) {
        drillRound.complain("a process that had lost its lease has written");
      }
    }

    private static void takeOver(DrillRound drillRound) throws Exception {
      int exit = -1;
      for (int i = 0; i < TRIES && exit != 0; i++) {
        exit = drillRound.start().await(DrillRound.PATIENCE);
      }
      if (exit != 0) {
        drillRound.complain("nobody can take over from a stopped process: exit code " + exit);
      }
    }
  }

  /// Told to stop: the batch in flight ends or rolls back, and nothing is left behind.
  private static final class Sigterm implements Drill {

    // 128 + SIGTERM, as the shell has it
    private static final int TOLD_TO_STOP = 143;

    @Override
    public String name() {
      return "sigterm";
    }

    @Override
    public int usualRounds() {
      return 10;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      var faultMoment = FaultMoment.any(drillRound.random());
      ProductProcess told = faultMoment.in(drillRound, (process, gate) -> process.signal("TERM"));
      int exit = told.await(DrillRound.PATIENCE);
      if (exit != 0 && exit != TOLD_TO_STOP) {
        drillRound.complain("told to stop, it exits with %d: %s".formatted(exit, told.said()));
      }
      drillRound.look();
      new LeftoverCheck(drillRound.arena()).atTheEnd().forEach(drillRound::complain);
    }
  }

  /// Two start at the same instant: of each job there is one run at a time.
  private static final class TwoAtOnce implements Drill {

    private static final int ALREADY_RUNNING = 4;

    private static final String OVERLAPS =
        """
        select count(*) from quper.sync_logs as a join quper.sync_logs as b
          on a.sync_job_id = b.sync_job_id and a.run_id < b.run_id
        where a.status = 'success' and b.status = 'success'
          and b.rows_extracted > 0 and a.rows_extracted > 0
          and b.started_at < a.completed_at and a.started_at < b.completed_at
        """;

    @Override
    public String name() {
      return "two-at-once";
    }

    @Override
    public int usualRounds() {
      return 10;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      boolean anew = drillRound.random().nextInt(3) == 0;
      if (anew) {
        drillRound
            .arena()
            .atTarget("drop schema quper cascade", "drop schema if exists analytics cascade");
      }
      ProductProcess one = drillRound.start();
      drillRound.idle(300);
      ProductProcess other = drillRound.start();
      drillRound.struck();
      for (ProductProcess process : List.of(one, other)) {
        int exit = process.await(DrillRound.PATIENCE);
        if (exit != 0 && exit != ALREADY_RUNNING) {
          drillRound.complain("one of two exits with %d: %s".formatted(exit, process.said()));
        }
      }
      try (var admin = drillRound.arena().target().connect()) {
        if (LeftoverCheck.count(admin, OVERLAPS) != 0) {
          drillRound.complain("two runs of one job have overlapped");
        }
      }
      if (anew) {
        drillRound.arena().buildGates();
      }
    }
  }
}
