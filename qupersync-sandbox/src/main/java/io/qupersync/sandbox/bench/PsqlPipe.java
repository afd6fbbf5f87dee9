package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// `psql … | psql …`, with a pipe of the system between the two.
final class PsqlPipe implements Pipe {

  private final Path psql;
  private final EmbeddedServer source;
  private final EmbeddedServer target;

  PsqlPipe(Path psql, EmbeddedServer source, EmbeddedServer target) {
    this.psql = psql;
    this.source = source;
    this.target = target;
  }

  @Override
  public String name() {
    return "psql";
  }

  @Override
  public void copy(String query, String table) throws IOException, InterruptedException {
    List<Process> both =
        ProcessBuilder.startPipeline(
            List.of(
                at(source, "copy (%s) to stdout (format binary)".formatted(query)),
                at(target, "copy %s from stdin (format binary)".formatted(table))));
    for (Process process : both) {
      await(process);
    }
  }

  @Override
  public void read(String query) throws IOException, InterruptedException {
    await(
        at(source, "copy (%s) to stdout (format binary)".formatted(query))
            .redirectOutput(Redirect.DISCARD)
            .start());
  }

  @Override
  public void atTarget(String sql) throws IOException, InterruptedException {
    await(at(target, sql).redirectOutput(Redirect.DISCARD).start());
  }

  private ProcessBuilder at(EmbeddedServer server, String sql) {
    var psqlOfServer =
        new ProcessBuilder(
            psql.toString(),
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--host=" + server.host(),
            "--port=" + server.port(),
            "--username=" + server.user(),
            "--dbname=" + server.database(),
            "--command=" + sql);
    psqlOfServer.environment().put("PGPASSWORD", server.password());
    return psqlOfServer;
  }

  private static void await(Process process) throws IOException, InterruptedException {
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("psql fails: " + said.strip());
    }
  }
}
