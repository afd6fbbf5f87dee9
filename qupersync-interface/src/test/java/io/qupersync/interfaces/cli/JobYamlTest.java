package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.inspect.JobDraft;
import io.qupersync.domain.table.TableRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobYamlTest {

  @Test
  void writes_a_job_to_paste() {
    var draft =
        new JobDraft(
            TableRef.of("public", "orders"),
            List.of("shop", "order_id"),
            Optional.of("updated_at"),
            List.of("no primary key is declared"));

    assertThat(JobYaml.of(draft))
        .isEqualTo(
            """
            jobs:
              orders:
                # no primary key is declared
                source: { table: public.orders }
                target: public.orders
                key: [shop, order_id]
                watermark: { column: updated_at, lookback: 15m }
                schedule: { every: 5m }
            """);
  }

  @Test
  void quotes_what_sql_or_yaml_would_read_otherwise() {
    var draft =
        new JobDraft(
            TableRef.of("Sales", "My \"Orders\" ${X}"),
            List.of("on", "Zeit: jetzt"),
            Optional.empty(),
            List.of());

    assertThat(JobYaml.of(draft))
        .isEqualTo(
            """
            jobs:
              My__Orders____X_:
                source: { table: "\\"Sales\\".\\"My \\"\\"Orders\\"\\" $${X}\\"" }
                target: "\\"Sales\\".\\"My \\"\\"Orders\\"\\" $${X}\\""
                key: ["on", "Zeit: jetzt"]
                schedule: { every: 5m }
            """);
  }
}
