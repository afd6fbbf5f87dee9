package io.qupersync.domain.table;

/// The name of a schema, table or column, exactly as the database holds it, and the one way into
/// SQL text.
public record Identifier(String value) {

  public Identifier {
    if (value.isEmpty() || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an identifier must not be empty or hold U+0000");
    }
  }

  public static String quoted(String name) {
    return new Identifier(name).quoted();
  }

  /// The name between double quotes, those inside doubled; valid in PostgreSQL and in Redshift.
  public String quoted() {
    return '"' + value.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return value;
  }
}
