package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// `psql … | psql …`, with a pipe of the system between the two.
final class PsqlPipe implements Pipe {

  private final Path psql;
  private final Endpoint source;
  private final Endpoint target;

  PsqlPipe(Path psql, Endpoint source, Endpoint target) {
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

  /// The quickest way there is: the source's psql writes the script that the target's psql runs,
  /// rows and all, so that neither waits for the other.
  @Override
  public void upsertInTurn(List<Transfer> transfers) throws IOException, InterruptedException {
    Path script = Files.createTempFile("transfers", ".psql");
    try {
      Files.writeString(
          script, transfers.stream().map(PsqlPipe::script).collect(Collectors.joining()));
      List<Process> both =
          ProcessBuilder.startPipeline(
              List.of(
                  connected(source, "--file=" + script),
                  connected(target, "--file=-").redirectError(Redirect.PIPE)));
      for (Process process : both) {
        await(process);
      }
    } finally {
      Files.delete(script);
    }
  }

  private static String script(Transfer transfer) {
    return """
    \\echo '%s; %s; %s;'
    %s;
    \\echo '\\\\.'
    \\echo '%s; commit;'
    """
        .formatted(
            "begin", transfer.stage(), transfer.copyIn(), transfer.copyOut(), transfer.merge());
  }

  private ProcessBuilder at(Endpoint server, String sql) {
    return connected(server, "--command=" + sql);
  }

  private ProcessBuilder connected(Endpoint server, String task) {
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
            task);
    psqlOfServer.environment().put("PGPASSWORD", server.password());
    psqlOfServer.environment().put("PGSSLMODE", server.ssl());
    return psqlOfServer;
  }

  private static void await(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(1, TimeUnit.HOURS)) {
      process.destroyForcibly();
      throw new IOException("psql does not end");
    }
    if (process.exitValue() != 0) {
      String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      throw new IOException("psql fails: " + said.strip());
    }
  }
}
