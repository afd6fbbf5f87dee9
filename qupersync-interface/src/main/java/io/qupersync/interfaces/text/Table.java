package io.qupersync.interfaces.text;

import java.util.ArrayList;
import java.util.List;

/// A table for people: a header, one line per row, columns aligned, no lines drawn.
public final class Table {

  /// Beyond this the columns move closer, from two blanks apart to one.
  private static final int COMFORTABLE_WIDTH = 100;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  private record Column(String header, boolean right) {}

  /// A cell's text and its look.
  public record Cell(String text, AnsiStyle paint) {
    public Cell {
      text = HumanText.oneLine(text);
    }

    public static Cell of(String text) {
      return new Cell(text, AnsiStyle.PLAIN);
    }

    public static Cell of(long count) {
      return of(HumanText.count(count));
    }

    private int width() {
      return text.codePointCount(0, text.length());
    }
  }

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  /// @param headers one per column, each column's alignment before it: `<` for texts, `>` for
  ///   numbers
  public static Table of(String... headers) {
    var columns = new ArrayList<Column>();
    for (String header : headers) {
      columns.add(new Column(header.substring(1), header.charAt(0) == '>'));
    }
    return new Table(List.copyOf(columns));
  }

  public Table row(Cell... cells) {
    return row(List.of(cells));
  }

  public Table row(List<Cell> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.size(), columns.size()));
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /// The lines of the table, each with a line break.
  public String text(boolean coloured) {
    int[] widths = widths();
    String gap = total(widths, 2) <= COMFORTABLE_WIDTH ? "  " : " ";
    var text = new StringBuilder();
    List<Cell> header =
        columns.stream().map(column -> new Cell(column.header(), AnsiStyle.BOLD)).toList();
    line(text, header, widths, gap, coloured);
    rows.forEach(row -> line(text, row, widths, gap, coloured));
    return text.toString();
  }

  /// The same where there are only so many columns on the screen: rows that would wrap become
  /// blocks of a line for each value, and texts break between words.
  public String text(boolean coloured, int screen) {
    if (total(widths(), 1) <= screen || rows.isEmpty()) {
      return text(coloured);
    }
    int label = columns.stream().mapToInt(column -> column.header().length()).max().orElse(0) + 2;
    var text = new StringBuilder();
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        Cell cell = row.get(i);
        if (!cell.text().isEmpty()) {
          block(text, columns.get(i).header(), cell, label, screen, coloured);
        }
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void block(
      StringBuilder text, String header, Cell cell, int label, int screen, boolean coloured) {
    String name = header + " ".repeat(label - header.length());
    text.append(coloured ? AnsiStyle.BOLD.on(name) : name);
    String indent = "";
    for (String line : broken(cell.text(), Math.max(1, screen - label))) {
      text.append(indent).append(coloured ? cell.paint().on(line) : line).append('\n');
      indent = " ".repeat(label);
    }
  }

  /// A word that is longer than a line stays whole: it can be copied, wherever the terminal breaks
  /// it.
  private static List<String> broken(String text, int room) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      boolean fits = line.length() + 1 + word.length() <= room;
      if (!line.isEmpty() && !fits) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = columns.get(i).header().length();
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).width());
      }
    }
    return widths;
  }

  private static int total(int[] widths, int gap) {
    int total = gap * (widths.length - 1);
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private void line(
      StringBuilder text, List<Cell> cells, int[] widths, String gap, boolean coloured) {
    var line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      Cell cell = cells.get(i);
      String padding = " ".repeat(widths[i] - cell.width());
      String shown = coloured ? cell.paint().on(cell.text()) : cell.text();
      line.append(columns.get(i).right() ? padding + shown : shown + padding);
      line.append(gap);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
