package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.progress.Fingerprint.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SOURCE | a:5439/dev | a:5440/dev | true",
        "EXTRACTION | table a | table b | true",
        "WATERMARK | at timestamp | at date | true",
        "WATERMARK | at timestamp | changed_at timestamp | true",
        "WATERMARK | at timestamp | at timestamp, id number | false",
        "WATERMARK | at timestamp, id number | at timestamp | true",
        "WATERMARK | at timestamp, id number | id number, at timestamp | true",
        "INITIAL | everything | PT24H | false",
        "INITIAL | PT24H | everything | true",
        "INITIAL | PT24H | PT48H | true",
        "INITIAL | PT48H | PT24H | false",
        "INITIAL | 200 | 1000 | false",
        "INITIAL | 1000 | 200 | true",
        "INITIAL | 2026-01-01 00:00:00 | 2025-12-31 00:00:00 | true",
        "INITIAL | 2026-01-01 00:00:00 | 2026-01-02 00:00:00 | false",
        "INITIAL | 2026-01-01 00:00:00 | PT24H | true",
        "KEY | id | id, region | true",
        "MODE | append | incremental | true",
        "MODE | incremental | append | false",
        "TARGET | a.t | b.t | true",
        "TABLE | 1 | 2 | true",
      })
  void a_change_counts_when_a_run_that_went_on_could_miss_rows(
      Item item, String before, String after, boolean counts) {
    var earlier = new Fingerprint(Map.of(item, before));
    var now = new Fingerprint(Map.of(item, after));

    assertThat(now.changesSince(earlier)).hasSize(counts ? 1 : 0);
  }

  @Test
  void a_table_that_is_only_renamed_is_the_same_target() {
    var earlier = new Fingerprint(Map.of(Item.TARGET, "a.t", Item.TABLE, "7"));

    assertThat(new Fingerprint(Map.of(Item.TARGET, "a.u", Item.TABLE, "7")).changesSince(earlier))
        .isEmpty();
    assertThat(new Fingerprint(Map.of(Item.TARGET, "a.u", Item.TABLE, "8")).changesSince(earlier))
        .singleElement()
        .extracting(Fingerprint.Change::item)
        .isEqualTo(Item.TARGET);
    assertThat(new Fingerprint(Map.of(Item.TARGET, "a.u")).changesSince(earlier)).hasSize(1);
  }

  @Test
  void what_an_older_version_did_not_know_of_is_no_change() {
    var earlier = new Fingerprint(Map.of(Item.SOURCE, "a"));

    assertThat(new Fingerprint(Map.of(Item.SOURCE, "a", Item.KEY, "id")).changesSince(earlier))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "select a,b from t; SELECT a , b\tFROM t -- all of it; true",
        "select 1 /* a /* b */ c */ from t; select 1 from t; true",
        "select 'A  b' from t; select 'A b' from t; false",
        "select 'a' from t; select 'A' from t; false",
        "select \"A\" from t; select \"a\" from t; false",
        "select $x$a  b$x$; select $x$a b$x$; false",
        "select * from t where a > 1; select * from t where a > 2; false",
        "select '--' from t; select '' from t; false",
        "select a b from t; select ab from t; false",
      })
  void queries_that_differ_in_what_no_server_looks_at_are_the_same(
      String one, String other, boolean same) {
    assertThat(new SqlTemplate(one).normalized().equals(new SqlTemplate(other).normalized()))
        .isEqualTo(same);
  }
}
