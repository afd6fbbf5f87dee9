package io.qupersync.interfaces.cli.text;

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
  public record Cell(String text, Paint paint) {
    public Cell {
      text = Wording.oneLine(text);
    }

    public static Cell of(String text) {
      return new Cell(text, Paint.PLAIN);
    }

    public static Cell of(long count) {
      return of(Wording.count(count));
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
        columns.stream().map(column -> new Cell(column.header(), Paint.BOLD)).toList();
    line(text, header, widths, gap, coloured);
    rows.forEach(row -> line(text, row, widths, gap, coloured));
    return text.toString();
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
