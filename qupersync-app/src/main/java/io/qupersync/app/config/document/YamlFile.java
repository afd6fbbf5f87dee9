package io.qupersync.app.config.document;

import io.qupersync.app.config.document.Node.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads a YAML file into [Fields] that know their positions.
public final class YamlFile {

  static final int LARGEST = 1024 * 1024;

  private final String name;
  private final References references;
  private final Problems problems;

  /// @param name as messages show it
  public YamlFile(String name, References references, Problems problems) {
    this.name = name;
    this.references = references;
    this.problems = problems;
  }

  /// The file's keys; empty when it cannot be read as YAML.
  public Optional<Fields> read(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return read(bytes);
    } catch (IOException unreadable) {
      return refused(
          "cannot be read (%s); check its path and permissions"
              .formatted(FileProblem.reason(unreadable)));
    }
  }

  public Optional<Fields> read(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      return refused("is larger than 1 MB; move jobs to files in jobs.d/");
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return refused("is not UTF-8 text; save it in that encoding");
    }
  }

  private Optional<Fields> parse(String text) {
    String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var settings = LoadSettings.builder().setLabel(name).setCodePointLimit(LARGEST).build();
    try {
      var events = new ParserImpl(settings, new StreamReader(settings, withoutMark));
      Optional<Node> document = new TreeBuilder(name, events, references, problems).document();
      return document.isEmpty() ? Optional.of(Fields.none(top())) : keysOf(document.get());
    } catch (TreeBuilder.TooMuch tooMuch) {
      problems.add(tooMuch.problem());
    } catch (MarkedYamlEngineException broken) {
      problems.add(
          broken.getProblemMark().map(this::place).orElseGet(this::top),
          advice(broken, withoutMark));
    } catch (YamlEngineException broken) {
      problems.add(top(), "this is not YAML: " + broken.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Fields> keysOf(Node node) {
    return switch (node) {
      case Fields fields -> Optional.of(fields.at(top()));
      case Node.Nothing _ -> Optional.of(Fields.none(top()));
      case Node.Broken _ -> Optional.empty();
      case Node.Text _, Node.Items _ -> {
        problems.add(node.place(), "a configuration holds keys, such as 'source:' and 'jobs:'");
        yield Optional.empty();
      }
    };
  }

  private static String advice(MarkedYamlEngineException broken, String text) {
    String problem = Optional.ofNullable(broken.getProblem()).orElse("");
    if (problem.contains("TAB")) {
      return "a tab cannot indent YAML; use spaces";
    }
    boolean reference =
        broken
            .getProblemMark()
            .flatMap(mark -> text.lines().skip(mark.getLine()).findFirst())
            .filter(line -> line.contains("${"))
            .isPresent();
    return "this is not YAML: %s; %s"
        .formatted(
            problem,
            reference
                ? "between braces, quote a value with a reference: \"${NAME}\""
                : "check indentation, quotes and brackets here and above");
  }

  private SourceLocation place(Mark mark) {
    return new SourceLocation.InFile(name, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private SourceLocation top() {
    return new SourceLocation.InFile(name, 1, 1);
  }

  private Optional<Fields> refused(String message) {
    problems.add(new SourceLocation.WholeFile(name), message);
    return Optional.empty();
  }
}
