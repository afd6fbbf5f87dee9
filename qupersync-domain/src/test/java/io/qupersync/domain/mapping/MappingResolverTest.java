package io.qupersync.domain.mapping;

import static io.qupersync.domain.mapping.Jobs.aJob;
import static io.qupersync.domain.mapping.Jobs.row;
import static io.qupersync.domain.mapping.Jobs.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.job.SchemaPolicy;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class MappingResolverTest {

  private static final TableShape ORDERS =
      shape("id", "bigint", "name", "varchar(20)", "amount", "numeric(18,4)", "at", "timestamp");

  @Test
  void what_is_not_named_passes_through_in_the_sources_order() {
    assertThat(columns(aJob().from(ORDERS)))
        .containsExactly("id bigint required", "name text", "amount numeric(18,4)", "at timestamp");
  }

  @Test
  void a_renamed_column_stays_in_its_place_and_does_not_pass_through_too() {
    assertThat(columns(aJob().renaming("name", "customer").from(ORDERS)))
        .containsExactly(
            "id bigint required", "customer text", "amount numeric(18,4)", "at timestamp");
  }

  @Test
  void a_column_may_feed_two_others() {
    TableMapping mapping = aJob().renaming("name", "customer").defaulting("name", "-").from(ORDERS);

    assertThat(columns(mapping))
        .containsExactly(
            "id bigint required",
            "customer text",
            "name text",
            "amount numeric(18,4)",
            "at timestamp");
  }

  @Test
  void two_columns_may_swap_their_names() {
    TableMapping mapping = aJob().renaming("name", "at").renaming("at", "name").from(ORDERS);

    assertThat(columns(mapping))
        .containsExactly("id bigint required", "at text", "amount numeric(18,4)", "name timestamp");
  }

  @Test
  void an_excluded_column_stays_behind() {
    assertThat(columns(aJob().excluding("name").excluding("at").from(ORDERS)))
        .containsExactly("id bigint required", "amount numeric(18,4)");
  }

  @Test
  void a_named_type_is_taken_and_a_required_column_may_not_be_null() {
    TableMapping mapping =
        aJob().rule("amount", null, "numeric(18,2)", true, null).requiring("at").from(ORDERS);

    assertThat(columns(mapping))
        .containsExactly(
            "id bigint required",
            "name text",
            "amount numeric(18,2) required",
            "at timestamp required");
  }

  @Test
  void a_column_the_source_does_not_have_holds_its_default_in_every_row() {
    TableMapping mapping =
        aJob()
            .rule("region", null, "integer", false, "7")
            .defaulting("note", "")
            .from(shape("id", "bigint"));

    assertThat(columns(mapping))
        .containsExactly("id bigint required", "region integer", "note text");
    Row shaped = Jobs.shape(mapping, row(1L)).rows().getFirst();
    assertThat(shaped.cell(1)).isEqualTo(7L);
    assertThat(shaped.cell(2)).isEqualTo("");
  }

  @Test
  void the_source_stamp_comes_first_and_may_be_part_of_the_key() {
    TableMapping mapping =
        aJob().stamping("source", "synced_at").keyedOn("source", "id").from(shape("id", "bigint"));

    assertThat(columns(mapping)).containsExactly("source text required", "id bigint required");
    assertThat(Jobs.shape(mapping, row(1L)).rows().getFirst().cell(0)).isEqualTo("here");
  }

  @Test
  void the_types_of_an_existing_target_win_over_the_sources_and_the_jobs() {
    TableShape target =
        shape("id", "bigint", "name", "varchar(10)", "amount", "numeric(18,2)", "at", "timestamp");

    assertThat(
            columns(
                aJob()
                    .typing("amount", "numeric(30,10)")
                    .treatingDrift(SchemaPolicy.IGNORE)
                    .between(ORDERS, target)))
        .containsExactly(
            "id bigint required", "name varchar(10)", "amount numeric(18,2)", "at timestamp");
  }

  @Test
  void a_job_that_evolves_its_target_widens_what_became_too_narrow_and_nothing_else() {
    TableShape target =
        shape(
            "id", "integer", "name", "varchar(10)", "amount", "numeric(12,4)", "at", "timestamptz");

    assertThat(columns(aJob().between(ORDERS, target)))
        .containsExactly(
            "id bigint required", "name text", "amount numeric(18,4)", "at timestamptz");
  }

  @Test
  void a_type_that_holds_all_the_source_has_is_left_as_it_is() {
    TableShape source = shape("id", "bigint", "name", "varchar(20)", "mood", "varchar(9)");
    TableShape target = shape("id", "bigint", "name", "varchar(20)", "mood", "public.mood");

    assertThat(columns(aJob().between(source, target)))
        .containsExactly("id bigint required", "name varchar(20)", "mood public.mood");
  }

  @Test
  void a_new_source_column_is_added_left_behind_or_refused() {
    TableShape target = shape("id", "bigint", "name", "text", "amount", "numeric(18,4)");

    assertThat(columns(aJob().treatingDrift(SchemaPolicy.EVOLVE).between(ORDERS, target)))
        .hasSize(4);
    assertThat(columns(aJob().treatingDrift(SchemaPolicy.IGNORE).between(ORDERS, target)))
        .hasSize(3);
    assertThat(problems(() -> aJob().treatingDrift(SchemaPolicy.STRICT).between(ORDERS, target)))
        .singleElement()
        .asString()
        .startsWith("column 'at' is new at the source");
  }

  @Test
  void cleaning_comes_before_the_default_and_the_default_before_the_requirement() {
    TableMapping mapping =
        aJob()
            .rule(
                "name",
                null,
                null,
                true,
                "unknown",
                Normalization.TRIM,
                Normalization.EMPTY_AS_NULL)
            .from(shape("id", "bigint", "name", "text"));

    assertThat(cell(mapping, row(1L, "  Ada "))).isEqualTo("Ada");
    assertThat(cell(mapping, row(1L, "   "))).isEqualTo("unknown");
    assertThat(cell(mapping, row(1L, null))).isEqualTo("unknown");
  }

  @Test
  void cleaning_steps_are_taken_in_their_order() {
    assertThat(cleaned(" Ä\0b ", Normalization.STRIP_NUL, Normalization.TRIM, Normalization.LOWER))
        .isEqualTo("äb");
    assertThat(cleaned(" ab ", Normalization.RTRIM, Normalization.UPPER)).isEqualTo(" AB");
    assertThat(cleaned("\0", Normalization.EMPTY_AS_NULL, Normalization.STRIP_NUL)).isEqualTo("");
    assertThat(cleaned("\0", Normalization.STRIP_NUL, Normalization.EMPTY_AS_NULL)).isNull();
    assertThat(cleaned("ISTANBUL", Normalization.LOWER)).isEqualTo("istanbul");
  }

  @Test
  void a_column_of_no_such_name_is_a_problem() {
    assertProblem(
        () -> aJob().renaming("nmae", "customer").from(ORDERS),
        "column 'customer': the source has no column 'nmae'; it has id, name, amount, at");
    assertProblem(
        () -> aJob().typing("nmae", "text").from(ORDERS),
        "column 'nmae': the source has no column 'nmae'; it has id, name, amount, at");
    // a rename that misses its column is no constant, whatever its default
    assertProblem(
        () -> aJob().rule("customer", "nmae", null, false, "x").from(ORDERS),
        "column 'customer': the source has no column 'nmae'; it has id, name, amount, at");
    assertProblem(
        () -> aJob().excluding("nmae").from(ORDERS), "exclude: the source has no column 'nmae'");
  }

  @Test
  void a_type_that_no_value_could_have_is_a_problem() {
    assertProblem(
        () -> aJob().typing("at", "bigint").from(ORDERS),
        "column 'at': timestamp cannot become bigint; choose another type");
  }

  @Test
  void a_default_that_is_no_value_of_its_type_is_a_problem() {
    assertProblem(
        () -> aJob().defaulting("amount", "much").from(ORDERS),
        "column 'amount': its default is no value of type numeric(18,4): the text is no number");
    assertProblem(
        () -> aJob().defaulting("amount", "0.12345").from(ORDERS),
        "column 'amount': its default is no value of type numeric(18,4): the number would have to be"
            + " rounded to fit numeric(18,4)");
    assertProblem(
        () -> aJob().rule("bytes", null, "bytea", false, "x").from(ORDERS),
        "column 'bytes': its default is no value of type bytea: text cannot become bytea");
  }

  @Test
  void cleaning_what_is_no_text_is_a_problem() {
    assertProblem(
        () -> aJob().normalizing("amount", Normalization.TRIM).from(ORDERS),
        "column 'amount': normalize works on text, and 'amount' is numeric(18,4); remove it");
  }

  @Test
  void a_column_written_twice_is_a_problem() {
    assertProblem(
        () -> aJob().renaming("name", "amount").from(ORDERS),
        "column 'amount' would be written twice; rename or exclude one");
    assertProblem(
        () -> aJob().stamping("name", null).from(ORDERS),
        "column 'name' would be written twice; rename or exclude one");
    assertProblem(
        () -> aJob().stamping(null, "at").from(ORDERS),
        "column 'at' would be written twice; rename or exclude one");
    assertProblem(
        () -> aJob().stamping("stamp", "stamp").from(ORDERS),
        "column 'stamp' would be written twice; rename or exclude one");
  }

  @Test
  void a_rule_given_twice_is_a_problem() {
    assertProblem(
        () -> aJob().requiring("name").typing("name", "varchar(5)").from(ORDERS),
        "column 'name' would be written twice; rename or exclude one");
  }

  @Test
  void a_key_an_updated_or_a_deciding_column_that_is_not_written_is_a_problem() {
    assertProblem(
        () -> aJob().keyedOn("order_id").from(ORDERS),
        "key: no column 'order_id' is written; there are amount, at, id, name");
    assertProblem(
        () -> aJob().updatingOnly("nmae").from(ORDERS),
        "update_columns: no column 'nmae' is written; there are amount, at, id, name");
    assertProblem(
        () -> aJob().onConflict(new ConflictPolicy.LatestWins("changed")).from(ORDERS),
        "conflict: no column 'changed' is written; there are amount, at, id, name");
  }

  @Test
  void a_watermark_needs_columns_of_the_source_that_have_an_order() {
    assertProblem(
        () -> aJob().watermarkedOn("changed").from(ORDERS),
        "watermark: the source has no column 'changed'; it has id, name, amount, at");
    assertProblem(
        () -> aJob().watermarkedOn("price").from(shape("id", "bigint", "price", "real")),
        "watermark: column 'price' is real, which has no order to rely on");
  }

  @Test
  void all_problems_are_told_at_once() {
    assertThat(
            problems(() ->
                aJob()
                    .keyedOn("key")
                    .excluding("gone")
                    .renaming("nmae", "customer")
                    .typing("at", "bigint")
                    .defaulting("amount", "much")
                    .watermarkedOn("changed")
                    .from(ORDERS)))
        .hasSize(6);
  }

  @Test
  void a_source_column_named_twice_is_refused() {
    assertThatThrownBy(() -> shape("id", "bigint", "id", "text"))
        .hasMessageContaining("'id' occurs twice");
  }

  private static List<String> columns(TableMapping mapping) {
    return mapping.targetColumns().stream().map(MappingResolverTest::described).toList();
  }

  private static String described(Column column) {
    return column.name() + " " + column.type().sql() + (column.nullable() ? "" : " required");
  }

  private static Object cleaned(String text, Normalization... steps) {
    TableMapping mapping =
        aJob().normalizing("name", steps).from(shape("id", "bigint", "name", "text"));
    return cell(mapping, row(1L, text));
  }

  private static Object cell(TableMapping mapping, Row row) {
    return Jobs.shape(mapping, row).rows().getFirst().cell(1);
  }

  private static void assertProblem(ThrowingCallable resolving, String problem) {
    assertThat(problems(resolving)).containsExactly(problem);
  }

  private static List<String> problems(ThrowingCallable resolving) {
    return catchThrowableOfType(MappingProblem.class, resolving).problems();
  }
}
