package io.qupersync.domain.job;

import io.qupersync.domain.job.SqlTokens.Kind;
import io.qupersync.domain.job.SqlTokens.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The select lists of a statement, in which expressions that name a certain column can be
/// replaced.
final class SelectLists {

  /// One expression of a select list, from its first token to behind its last.
  private record Item(int first, int end) {}

  /// Of one pair of parentheses.
  private static final class Frame {
    private boolean inList;
    private int first;
    private boolean names;
  }

  private final String sql;
  private final List<Token> tokens;
  private final List<Item> items = new ArrayList<>();
  private boolean elsewhere;

  private SelectLists(String sql) {
    this.sql = sql;
    this.tokens = SqlTokens.of(sql);
  }

  /// Replaces each expression that names the column.
  ///
  /// @param replacement for the name that the expression's result has; it keeps that name
  /// @return empty when no expression names the column, or other parts of the statement do
  static Optional<String> replacing(String sql, String column, UnaryOperator<String> replacement) {
    var lists = new SelectLists(sql);
    lists.find(column);
    return lists.elsewhere || lists.items.isEmpty()
        ? Optional.empty()
        : Optional.of(lists.replaced(replacement));
  }

  private void find(String column) {
    Deque<Frame> frames = new ArrayDeque<>();
    frames.push(new Frame());
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Frame frame = frames.element();
      if (token.is("(")) {
        frames.push(new Frame());
      } else if (token.is(")") && frames.size() > 1) {
        close(frame, i);
        frames.pop();
      } else if (token.is("select")) {
        close(frame, i);
        frame.inList = true;
        frame.first = i + 1;
      } else if (token.is(",") && frame.inList) {
        close(frame, i);
        frame.inList = true;
        frame.first = i + 1;
      } else if (token.is("from") && frame.inList) {
        close(frame, i);
      } else if (isColumn(i, column)) {
        frames.stream()
            .filter(open -> open.inList)
            .findFirst()
            .ifPresentOrElse(open -> open.names = true, () -> elsewhere = true);
      }
    }
    frames.forEach(frame -> close(frame, tokens.size()));
  }

  private void close(Frame frame, int end) {
    if (frame.inList && frame.names) {
      items.add(new Item(frame.first, end));
    }
    frame.inList = false;
    frame.names = false;
  }

  /// Not the name that an expression is given.
  private boolean isColumn(int at, String column) {
    Token token = tokens.get(at);
    boolean named =
        (token.kind() == Kind.WORD && token.text().equalsIgnoreCase(column))
            || (token.kind() == Kind.QUOTED_IDENTIFIER && token.text().equals('"' + column + '"'));
    boolean given = at > 0 && tokens.get(at - 1).is("as");
    boolean called = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
    boolean qualifies = at + 1 < tokens.size() && tokens.get(at + 1).is(".");
    return named && !given && !called && !qualifies;
  }

  private String replaced(UnaryOperator<String> replacement) {
    var text = new StringBuilder();
    int done = 0;
    List<Item> ordered =
        items.stream().sorted((one, other) -> Integer.compare(one.first, other.first)).toList();
    for (Item item : ordered) {
      int start = tokens.get(item.first).start();
      if (start < done) {
        continue;
      }
      Token name = tokens.get(item.end - 1);
      text.append(sql, done, start)
          .append(replacement.apply(name.text().replace("\"", "")))
          .append(" as ")
          .append(sql, name.start(), name.end());
      done = name.end();
    }
    return text.append(sql.substring(done)).toString();
  }
}
