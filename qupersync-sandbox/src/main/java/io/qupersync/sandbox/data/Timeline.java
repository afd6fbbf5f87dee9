package io.qupersync.sandbox.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has been thrown by the dice and waits for its time to appear in a view.
final class Timeline {
  private final List<Event> events = new ArrayList<>();
  private final List<Open> open = new ArrayList<>();

  private record Event(Instant appears, SystemView view, CopyLine line) {}

  private record Open(ChangingRow lasting, boolean shown) {}

  /// A row that appears once and stays as it is.
  void at(Instant appears, SystemView systemView, CopyLine line) {
    events.add(new Event(appears, systemView, line));
  }

  void begin(ChangingRow changingRow) {
    open.add(new Open(changingRow, false));
  }

  /// What the views must be told at this moment, and nothing that they know already.
  Changes until(Instant now) {
    var changes = new Changes(new LinkedHashMap<>(), new LinkedHashMap<>());
    events.removeIf(event -> {
      boolean due = !event.appears().isAfter(now);
      if (due) {
        changes.add(event.view(), event.line());
      }
      return due;
    });
    var goOn = new ArrayList<Open>();
    for (Iterator<Open> each = open.iterator(); each.hasNext(); ) {
      Open one = each.next();
      if (!one.lasting().begins().isAfter(now)) {
        changes.show(one, now);
        each.remove();
        if (one.lasting().settles().isAfter(now)) {
          goOn.add(new Open(one.lasting(), true));
        }
      }
    }
    open.addAll(goOn);
    return changes;
  }

  /// @param stale keys whose rows go before the new ones come
  /// @param lines the new rows
  record Changes(Map<SystemView, List<String>> stale, Map<SystemView, List<CopyLine>> lines) {

    private void add(SystemView systemView, CopyLine line) {
      lines.computeIfAbsent(systemView, _ -> new ArrayList<>()).add(line);
    }

    private void show(Open one, Instant now) {
      ChangingRow changingRow = one.lasting();
      if (one.shown()) {
        stale.computeIfAbsent(changingRow.view(), _ -> new ArrayList<>()).add(changingRow.key());
      }
      changingRow.linesAt(now).forEach(line -> add(changingRow.view(), line));
    }
  }
}
