package io.qupersync.app.config.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Counts the jobs of a file without building anything of them.
public final class JobCount {

  private int depth;
  private boolean isKey = true;
  private boolean isJobs;
  private int nodes;

  private JobCount() {}

  /// As many as can be seen: what is wrong with the file is told by who reads it.
  public static int in(Path file) {
    var count = new JobCount();
    try (InputStream bytes = Files.newInputStream(file)) {
      String text = new String(bytes.readNBytes(YamlFile.LARGEST), StandardCharsets.UTF_8);
      var settings = LoadSettings.builder().setCodePointLimit(YamlFile.LARGEST).build();
      new ParserImpl(settings, new StreamReader(settings, text)).forEachRemaining(count::see);
    } catch (IOException | YamlEngineException _) {
      return count.nodes / 2;
    }
    return count.nodes / 2;
  }

  private void see(Event event) {
    if (event instanceof CollectionEndEvent) {
      depth--;
    } else if (event instanceof ScalarEvent
        || event instanceof AliasEvent
        || event instanceof CollectionStartEvent) {
      node(event);
    }
  }

  private void node(Event event) {
    if (depth == 1) {
      if (isKey) {
        isJobs = event instanceof ScalarEvent scalar && scalar.getValue().equals("jobs");
      }
      isKey = !isKey;
    } else if (depth == 2 && isJobs) {
      nodes++;
    }
    if (event instanceof CollectionStartEvent) {
      depth++;
    }
  }
}
