package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever the mode, the conflict policy, the size of the batches and the way into the target:
/// what is there in the end is what applying the rows one by one, in the order read, would have
/// left. The model does just that.
public abstract class RowsOfOneKeyContract {

  private static final List<Column> SOURCE =
      columns("id", "bigint", "seq", "integer", "a", "text", "b", "text", "token", "text");
  private static final String TOKEN = "11111111-2222-3333-4444-555555555555";
  private static final int[] BATCH_SIZES = {1, 2, 7, 1000};
  private static final int KEYS = 5;
  private static final long FIRST_SEED = Long.getLong("qupersync.seed", 1);

  private TargetSide side;
  private int tables;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  /// Random rows, copied twice.
  private record Story(
      SyncJob job, int batchSize, boolean beginsEmpty, boolean refuses, long seed) {}

  /// How rows are handed over; a planted bug hands over others.
  private interface Handing {
    Row[] of(Row[] batch);
  }

  @Test
  void come_to_what_applying_them_one_by_one_would_come_to() {
    stories(_ -> true).forEach(story -> tell(story, batch -> batch));
  }

  @Test
  void keeping_the_last_row_of_a_batch_is_found_to_be_wrong() {
    List<Story> told = stories(story -> story.batchSize() == 1000 && !story.refuses());
    assertThat(told)
        .filteredOn(story -> story.job().destination().conflict() instanceof ConflictPolicy.Merge)
        .isNotEmpty();
    for (Class<?> policy :
        List.of(
            ConflictPolicy.Merge.class,
            ConflictPolicy.TargetWins.class,
            ConflictPolicy.LatestWins.class)) {
      assertThatThrownBy(() ->
              told.stream()
                  .filter(story -> policy.isInstance(story.job().destination().conflict()))
                  .forEach(story -> tell(story, RowsOfOneKeyContract::lastOfEachKey)))
          .as(policy.getSimpleName())
          .isInstanceOf(AssertionError.class);
    }
  }

  private static Row[] lastOfEachKey(Row[] batch) {
    var last = new LinkedHashMap<Object, Row>();
    Arrays.stream(batch).forEach(row -> last.put(row.cell(0), row));
    return last.values().toArray(Row[]::new);
  }

  private List<Story> stories(Predicate<Story> wanted) {
    var stories = new ArrayList<Story>();
    for (SyncMode mode : SyncMode.values()) {
      for (ConflictPolicy policy : policies(mode)) {
        for (List<String> updated : List.of(List.<String>of(), List.of("a"), List.of("a", "seq"))) {
          for (int size : BATCH_SIZES) {
            var dice = new Random(FIRST_SEED + stories.size());
            SyncJob job = job(mode, policy, updated);
            boolean refuses = size > 1 && dice.nextInt(3) == 0;
            stories.add(
                new Story(job, size, dice.nextBoolean(), refuses, FIRST_SEED + stories.size()));
          }
        }
      }
    }
    return stories.stream().filter(wanted).toList();
  }

  private static List<ConflictPolicy> policies(SyncMode mode) {
    return mode == SyncMode.APPEND
        ? List.of(new ConflictPolicy.SourceWins())
        : List.of(
            new ConflictPolicy.SourceWins(),
            new ConflictPolicy.TargetWins(),
            new ConflictPolicy.LatestWins("seq"),
            new ConflictPolicy.Merge());
  }

  private SyncJob job(SyncMode mode, ConflictPolicy policy, List<String> updated) {
    JobFixture job =
        aJob()
            .into(TableRef.of("analytics", "t" + ++tables))
            .onConflict(policy)
            .typing("token", "uuid")
            .updatingOnly(updated.toArray(String[]::new));
    return switch (mode) {
      case INCREMENTAL -> job.watermarkedOn("seq").unordered().build();
      case UPSERT -> job.upserting().build();
      case MIRROR -> job.mirroring().build();
      case APPEND -> job.appending().build();
    };
  }

  private void tell(Story story, Handing handing) {
    var random = new Random(story.seed());
    var model = new Model(story.job());
    side.create(
        story.job().destination().table(),
        List.of("id"),
        columns("id", "bigint", "seq", "integer", "a", "text", "b", "text", "token", "uuid"));
    if (!story.beginsEmpty()) {
      Row[] there = lastOfEachKey(rows(random, 5, false));
      try (var run = ActiveRun.begin(side, plain(story.job()), SOURCE)) {
        run.commit(there);
      }
      Arrays.stream(there).forEach(model::apply);
    }
    Row[] rows = rows(random, 1 + random.nextInt(18), story.refuses());
    copy(story, rows, model, handing);
    copy(story, rows, model, handing);
  }

  private void copy(Story story, Row[] rows, Model model, Handing handing) {
    model.beginRun();
    try (var run = ActiveRun.begin(side, story.job(), SOURCE)) {
      for (int from = 0; from < rows.length; from += story.batchSize()) {
        Row[] batch =
            Arrays.copyOfRange(rows, from, Math.min(rows.length, from + story.batchSize()));
        Map<Object, List<Object>> before = model.copy();
        RunTally tally = run.commit(handing.of(batch));
        Arrays.stream(batch).forEach(model::apply);
        if (!story.refuses()) {
          assertThat(tally).as("tally of %s", story).isEqualTo(tally(batch, before, model));
        }
      }
      if (story.job().mode() == SyncMode.MIRROR) {
        run.deleteUnseen();
        model.deleteUnseen();
      }
    }
    assertThat(target(story)).as("%s", story).isEqualTo(model.texts());
  }

  /// Of rows none of which is refused.
  private static RunTally tally(Row[] batch, Map<Object, List<Object>> before, Model model) {
    var keys = new HashSet<Object>();
    Arrays.stream(batch).forEach(row -> keys.add(row.cell(0)));
    long inserted = keys.stream().filter(key -> !before.containsKey(key)).count();
    long unchanged =
        keys.stream().filter(key -> model.rows.get(key).equals(before.get(key))).count();
    return new RunTally(
        batch.length,
        inserted,
        keys.size() - inserted - unchanged,
        unchanged,
        0,
        0,
        batch.length - (long) keys.size());
  }

  /// Writes rows as they are.
  private static SyncJob plain(SyncJob job) {
    return aJob().into(job.destination().table()).typing("token", "uuid").build();
  }

  private Map<String, List<Object>> target(Story story) {
    var rows = new TreeMap<String, List<Object>>();
    side.rows(story.job().destination().table())
        .forEach(cells ->
            rows.put(
                cells.get("id").orElseThrow(),
                List.of(cells.get("seq"), cells.get("a"), cells.get("b"))));
    return rows;
  }

  private static Row[] rows(Random random, int count, boolean refuses) {
    var rows = new Row[count];
    for (int i = 0; i < count; i++) {
      rows[i] =
          row(
              (long) random.nextInt(KEYS),
              random.nextInt(4) == 0 ? null : (long) random.nextInt(5),
              text(random, "a" + i),
              text(random, "b" + i),
              refuses && random.nextInt(4) == 0 ? "no uuid" : TOKEN);
    }
    return rows;
  }

  /// Values come again, too: a row may come back to what it was.
  private static String text(Random random, String fresh) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> "again";
      default -> fresh;
    };
  }

  /// One row after the other.
  private static final class Model {
    private final SyncJob job;
    final Map<Object, List<Object>> rows = new LinkedHashMap<>();
    private final Set<Object> seen = new HashSet<>();

    Model(SyncJob job) {
      this.job = job;
    }

    Map<Object, List<Object>> copy() {
      return new LinkedHashMap<>(rows);
    }

    void beginRun() {
      seen.clear();
    }

    void apply(Row row) {
      Object key = row.cell(0);
      seen.add(key);
      if (!TOKEN.equals(row.cell(4))) {
        return;
      }
      List<Object> incoming = Arrays.asList(row.cell(1), row.cell(2), row.cell(3));
      List<Object> present = rows.get(key);
      if (present == null) {
        rows.put(key, incoming);
        return;
      }
      Long mine = (Long) incoming.getFirst();
      Long theirs = (Long) present.getFirst();
      boolean wins =
          job.mode() != SyncMode.APPEND
              && switch (job.destination().conflict()) {
                case ConflictPolicy.SourceWins _, ConflictPolicy.Merge _ -> true;
                case ConflictPolicy.TargetWins _ -> false;
                case ConflictPolicy.LatestWins _ ->
                    theirs == null || (mine != null && mine >= theirs);
              };
      if (wins) {
        rows.put(
            key,
            Arrays.asList(
                cell("seq", incoming.get(0), present.get(0)),
                cell("a", incoming.get(1), present.get(1)),
                cell("b", incoming.get(2), present.get(2))));
      }
    }

    private Object cell(String column, Object incoming, Object present) {
      List<String> updated = job.destination().updateColumns();
      boolean keeps =
          (!updated.isEmpty() && !updated.contains(column))
              || (job.destination().conflict() instanceof ConflictPolicy.Merge && incoming == null);
      return keeps ? present : incoming;
    }

    void deleteUnseen() {
      rows.keySet().retainAll(seen);
    }

    Map<String, List<Object>> texts() {
      var texts = new TreeMap<String, List<Object>>();
      rows.forEach((key, cells) ->
          texts.put(
              key.toString(),
              cells.stream()
                  .<Object>map(cell -> Optional.ofNullable(cell).map(Object::toString))
                  .toList()));
      return texts;
    }
  }
}
