package io.qupersync.app.config.document;

import io.qupersync.app.config.document.Node.Field;
import io.qupersync.app.config.document.Node.Fields;
import io.qupersync.app.config.document.Node.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// Builds nodes from the events of a YAML parser. Not the parser's own composer: it nests without
/// bound, and this one keeps the position of every key and bounds depth and the reach of aliases.
final class TreeBuilder {

  private static final int DEEPEST = 50;
  private static final int MOST_VALUES = 200_000;
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> STANDARD_TAGS =
      Set.of("str", "int", "float", "bool", "null", "map", "seq");
  private static final String STANDARD = "tag:yaml.org,2002:";

  private final String file;
  private final Iterator<Event> events;
  private final References references;
  private final Problems problems;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int values;

  TreeBuilder(String file, Iterator<Event> events, References references, Problems problems) {
    this.file = file;
    this.events = events;
    this.references = references;
    this.problems = problems;
  }

  /// A file that no one wrote by hand: reading it ends here.
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConfigProblem problem;

    TooMuch(SourceLocation sourceLocation, String message) {
      super(message);
      this.problem = new ConfigProblem(sourceLocation, message);
    }

    ConfigProblem problem() {
      return problem;
    }
  }

  /// @param values how many values it holds, all told
  private record Anchored(Node node, int values) {}

  /// The only document of the file; empty when there is none.
  ///
  /// @throws TooMuch when it is too deep or too large
  Optional<Node> document() {
    Optional<Node> document = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (document.isPresent()) {
            problems.add(place(event), "one file holds one document; remove this '---'");
            return document;
          }
          document = Optional.of(node(events.next(), 0));
        }
        default -> {} // the stream's start and end, the document's end
      }
    }
    return document;
  }

  private Node node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    int before = values++;
    checkTag(event);
    Node node =
        switch (event) {
          case ScalarEvent scalar -> scalar(scalar);
          case SequenceStartEvent _ -> items(event, depth + 1);
          case MappingStartEvent mapping -> fields(mapping, depth + 1);
          default -> throw new IllegalStateException("unexpected " + event);
        };
    if (event instanceof NodeEvent named) {
      named
          .getAnchor()
          .ifPresent(anchor -> anchors.put(anchor, new Anchored(node, values - before)));
    }
    return node;
  }

  private Node scalar(ScalarEvent event) {
    if (event.isPlain() && NULLS.contains(event.getValue())) {
      return new Node.Nothing(place(event));
    }
    return references.resolve(place(event), event.getValue(), problems);
  }

  private Node items(Event start, int depth) {
    checkDepth(start, depth);
    List<Node> items = new ArrayList<>();
    for (Event event = events.next(); !isEnd(event); event = events.next()) {
      items.add(node(event, depth));
    }
    return new Items(place(start), items);
  }

  private Node fields(MappingStartEvent start, int depth) {
    checkDepth(start, depth);
    Map<String, Field> fields = new LinkedHashMap<>();
    for (Event key = events.next(); !isEnd(key); key = events.next()) {
      add(key, depth, fields);
    }
    return new Fields(place(start), start.isFlow() ? SplitValues.joined(fields) : fields);
  }

  private void add(Event key, int depth, Map<String, Field> fields) {
    if (!(key instanceof ScalarEvent scalar)) {
      problems.add(place(key), "a key is a single word; write 'key: value'");
      skip(key);
      skip(events.next());
      return;
    }
    String name = scalar.getValue();
    if (name.equals("<<") && scalar.isPlain()) {
      problems.add(place(key), "YAML 1.2 has no merge keys; write the keys out");
      skip(events.next());
      return;
    }
    var field = new Field(place(key), node(events.next(), depth));
    Field first = fields.putIfAbsent(name, field);
    if (first != null) {
      problems.add(
          place(key),
          "key '%s' is given twice, first in line %d; remove one"
              .formatted(name, first.keyPlace().line()));
    }
  }

  private Node aliased(AliasEvent event) {
    Anchored anchored = anchors.get(event.getAlias());
    if (anchored == null) {
      problems.add(place(event), "no anchor '&%s' stands before this".formatted(event.getAlias()));
      return new Node.Broken(place(event));
    }
    values += anchored.values();
    checkSize(event);
    return anchored.node();
  }

  private void checkDepth(Event start, int depth) {
    if (depth > DEEPEST) {
      throw new TooMuch(place(start), "nested more than %d levels deep".formatted(DEEPEST));
    }
    checkSize(start);
  }

  private void checkSize(Event event) {
    if (values > MOST_VALUES) {
      throw new TooMuch(
          place(event),
          "more than %d values, aliases included; split the file".formatted(MOST_VALUES));
    }
  }

  /// Passes over a node and all it holds, without recursion.
  private void skip(Event first) {
    int open = opens(first) ? 1 : 0;
    while (open > 0) {
      Event event = events.next();
      open += opens(event) ? 1 : isEnd(event) ? -1 : 0;
    }
  }

  private static boolean opens(Event event) {
    return event instanceof SequenceStartEvent || event instanceof MappingStartEvent;
  }

  private static boolean isEnd(Event event) {
    return event.getEventId() == Event.ID.SequenceEnd || event.getEventId() == Event.ID.MappingEnd;
  }

  private void checkTag(Event event) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case SequenceStartEvent sequence -> sequence.getTag();
          case MappingStartEvent mapping -> mapping.getTag();
          default -> Optional.empty();
        };
    tag.filter(name -> !name.equals("!"))
        .filter(name -> !STANDARD_TAGS.contains(name.replace(STANDARD, "")))
        .ifPresent(name -> problems.add(place(event), "unknown tag %s; remove it".formatted(name)));
  }

  private SourceLocation place(Event event) {
    return event
        .getStartMark()
        .map(mark -> new SourceLocation.InFile(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElseGet(() -> new SourceLocation.InFile(file, 1, 1));
  }
}
