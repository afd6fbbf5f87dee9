package io.qupersync.infrastructure.redshift;

import com.amazon.redshift.RedshiftStatement;
import io.qupersync.infrastructure.redshift.PieceOrder.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Reads piece by piece in one transaction, each by a statement of its own that returns a bounded
/// number of rows behind the last piece: for servers that lose their portals.
///
/// A full piece may end among rows of one place. These are left for the next piece, which begins at
/// their place; so no row is missed and none comes twice.
final class PieceCursor implements ResultCursor {

  /// Of these, rows in one piece are judged by.
  private static final int SAMPLE = 100;

  /// How one piece is asked for.
  interface Pieces {
    SqlText sql(Optional<Place> from, int rows);
  }

  private final Connection connection;
  private final Pieces pieces;
  private final PieceOrder order;
  private final RowReader sampler;
  private final long budget;
  private ResultSet result;
  private Optional<Place> from = Optional.empty();
  private int hold;
  private int row;
  private int usable;
  private boolean last;

  /// @param sampler tells how wide rows are
  /// @param budget about how many bytes a piece may hold
  private PieceCursor(
      Connection connection,
      Pieces pieces,
      PieceOrder order,
      RowReader sampler,
      long budget,
      int rows)
      throws SQLException {
    this.connection = connection;
    this.pieces = pieces;
    this.order = order;
    this.sampler = sampler;
    this.budget = budget;
    this.hold = rows;
    this.result = nextPiece();
  }

  /// Sends the first statement and waits for its rows.
  static PieceCursor open(
      Connection connection,
      Pieces pieces,
      PieceOrder order,
      RowReader sampler,
      long budget,
      int rows)
      throws SQLException {
    return new PieceCursor(connection, pieces, order, sampler, budget, rows);
  }

  @Override
  public boolean next() throws SQLException {
    while (row == usable) {
      if (last) {
        return false;
      }
      result.getStatement().close();
      result = nextPiece();
    }
    row++;
    return result.next();
  }

  @Override
  public ResultSet row() {
    return result;
  }

  @Override
  public void hold(int rows) {
    hold = rows;
  }

  private ResultSet nextPiece() throws SQLException {
    int rows = hold;
    while (true) {
      ResultSet piece = ask(rows);
      int found = piece.last() ? piece.getRow() : 0;
      row = 0;
      last = found < rows;
      if (last) {
        usable = found;
      } else {
        usable = beforeLastPlace(piece, found);
      }
      if (last || usable > 0) {
        piece.beforeFirst();
        return piece;
      }
      rows = more(piece, found);
      piece.getStatement().close();
    }
  }

  private ResultSet ask(int rows) throws SQLException {
    SqlText sql = pieces.sql(from, rows);
    // to be walked back and forth: so the driver takes it whole, and needs no portal for it
    PreparedStatement statement =
        connection.prepareStatement(
            sql.withPlaceholders(), ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    // else the driver would ask for other formats after a few pieces
    statement.unwrap(RedshiftStatement.class).setPrepareThreshold(0);
    sql.bindTo(statement);
    return statement.executeQuery();
  }

  /// How many rows stand before the place of the last one, where the next piece will begin.
  private int beforeLastPlace(ResultSet piece, int found) throws SQLException {
    if (order.isEmpty()) {
      return 0;
    }
    Place end = order.place(piece);
    // all of it may be one place to the server, whatever its rows look like
    if (from.isPresent() && from.get().mayBe(end)) {
      return 0;
    }
    int before = found;
    do {
      before--;
    } while (before > 0 && piece.previous() && order.place(piece).mayBe(end));
    if (before > 0) {
      from = Optional.of(end);
    }
    return before;
  }

  /// Twice as many rows, while they can be held.
  private int more(ResultSet piece, int found) throws SQLException {
    piece.beforeFirst();
    long bytes = 0;
    int seen = 0;
    while (seen < SAMPLE && piece.next()) {
      sampler.read(piece);
      bytes += sampler.bytes();
      seen++;
    }
    if (2L * found * (bytes / Math.max(seen, 1)) > budget) {
      throw new TooManyAtOnePlace(order, found);
    }
    return 2 * found;
  }

  /// More rows share one place of the order than can be held.
  static final class TooManyAtOnePlace extends SQLException {

    private static final long serialVersionUID = 1L;

    private TooManyAtOnePlace(PieceOrder order, int rows) {
      super(
          order.isEmpty()
              ? "more than %d rows, and neither a watermark nor a column of the key to read them in order by"
                  .formatted(rows)
              : "more than %d rows share one value of (%s)".formatted(rows, order.names()),
          "54000");
    }
  }
}
