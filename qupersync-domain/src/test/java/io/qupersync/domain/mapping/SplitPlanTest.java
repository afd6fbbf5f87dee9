package io.qupersync.domain.mapping;

import static io.qupersync.domain.mapping.Jobs.aJob;
import static io.qupersync.domain.mapping.Jobs.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.table.TableShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPlanTest {

  private static final TableShape ORDERS =
      shape("id", "bigint", "region", "integer", "name", "varchar(20)", "seen", "timestamp");

  @Test
  void one_reader_reads_everything() {
    assertThat(whole(aJob())).isEmpty();
  }

  @Test
  void several_readers_split_the_key() {
    SplitPlan.By split = split(aJob().readBy(4), ORDERS);

    assertThat(split.column().name()).isEqualTo("id");
    assertThat(split.readers()).isEqualTo(4);
  }

  @Test
  void there_are_more_ranges_than_readers_where_a_range_is_cheap() {
    assertThat(split(aJob().readBy(4), ORDERS).parts()).isEqualTo(16);
    assertThat(split(aJob().readBy(4).asking("select 1"), ORDERS).parts()).isEqualTo(4);
  }

  @Test
  void a_key_that_was_renamed_is_split_by_what_the_source_calls_it() {
    assertThat(split(aJob().keyedOn("order_id").renaming("id", "order_id").readBy(2), ORDERS))
        .extracting(split -> split.column().name())
        .isEqualTo("id");
  }

  @Test
  void of_a_key_of_several_columns_the_job_says_which() {
    Jobs keyed = aJob().keyedOn("region", "id").readBy(2);

    assertThat(whole(keyed)).isEmpty();
    assertThat(split(keyed.splitBy("id"), ORDERS).column().name()).isEqualTo("id");
  }

  @Test
  void a_column_that_is_not_of_the_key_is_refused() {
    assertThatThrownBy(() -> aJob().splitBy("region").build())
        .hasMessage(
            "split_by must be a column of the key (id), so that rows of one key are never read by two readers; was 'region'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smallint",
        "integer",
        "bigint",
        "numeric(38,0)",
        "date",
        "timestamp",
        "timestamptz"
      })
  void whole_numbers_and_times_can_be_split(String type) {
    assertThat(split(aJob().readBy(2), shape("id", type)).column().name()).isEqualTo("id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"varchar(20)", "uuid", "double precision", "boolean", "numeric"})
  void a_key_of_another_type_is_read_by_one_reader_who_says_why(String type) {
    assertThat(whole(aJob().readBy(2), shape("id", type)))
        .startsWith("column 'id' is " + type)
        .endsWith("can be split into ranges");
  }

  @Test
  void a_column_that_is_named_and_cannot_be_split_is_a_problem() {
    assertThatThrownBy(() -> aJob().splitBy("id").from(shape("id", "varchar(20)")))
        .isInstanceOf(MappingProblem.class)
        .hasMessageStartingWith("split_by: column 'id' is varchar(20)");
    assertThatThrownBy(() -> aJob().keyedOn("key").splitBy("key").from(ORDERS))
        .isInstanceOf(MappingProblem.class)
        .hasMessageContaining("split_by: the source has no column 'key'");
  }

  @Test
  void rows_that_may_fill_the_heap_are_read_by_one_reader() {
    assertThat(whole(aJob().readBy(2), shape("id", "bigint", "document", "json")))
        .isEqualTo(
            "a value of column 'document' (json) may be so large that only one at a time fits the heap");
  }

  @Test
  void a_watermark_of_text_has_no_ceiling_for_several_readers() {
    assertThat(whole(aJob().watermarkedOn("name").readBy(2)))
        .isEqualTo("its watermark 'name' is a text");
    assertThat(split(aJob().watermarkedOn("seen").readBy(2), ORDERS).readers()).isEqualTo(2);
  }

  @Test
  void a_key_that_stands_in_for_null_is_read_by_one_reader() {
    assertThat(whole(aJob().defaulting("id", "0").readBy(2)))
        .isEqualTo("column 'id' of the key has a default");
  }

  private static SplitPlan.By split(Jobs job, TableShape source) {
    return (SplitPlan.By) job.from(source).splitting();
  }

  private static String whole(Jobs job) {
    return whole(job, ORDERS);
  }

  /// Why it is read by one reader.
  private static String whole(Jobs job, TableShape source) {
    return ((SplitPlan.Whole) job.from(source).splitting()).reason().orElse("");
  }
}
