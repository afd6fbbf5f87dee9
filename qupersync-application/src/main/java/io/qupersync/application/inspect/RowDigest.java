package io.qupersync.application.inspect;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Boils target rows down to numbers that are equal when the rows are. Not safe for use by many
/// threads.
final class RowDigest {

  private final int[] key;
  private final int columns;
  private final CanonicalForm[] keyForms;
  private final CanonicalForm[] forms;
  private final MessageDigest md5;

  RowDigest(TableMapping mapping) {
    List<String> names = mapping.targetColumns().stream().map(column -> column.name()).toList();
    this.key = mapping.job().destination().key().stream().mapToInt(names::indexOf).toArray();
    this.columns = names.size();
    this.keyForms =
        mapping.targetColumns().stream()
            .map(column -> CanonicalForm.ofKey(column.type()))
            .toArray(CanonicalForm[]::new);
    this.forms =
        mapping.targetColumns().stream()
            .map(column -> CanonicalForm.of(column.type()))
            .toArray(CanonicalForm[]::new);
    if (!mapping.precedence().movesKeys()) {
      // a row that is there keeps its key as it was first written
      for (int index : key) {
        forms[index] = keyForms[index];
      }
    }
    try {
      // a checksum, not a signature: nobody gains by a collision
      this.md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has MD5", missing);
    }
  }

  Hash key(Row row) {
    for (int index : key) {
      feed(keyForms[index], row.cell(index));
    }
    return hash();
  }

  Hash row(Row row) {
    for (int i = 0; i < columns; i++) {
      feed(forms[i], row.cell(i));
    }
    return hash();
  }

  /// One number per column, to tell which of them differ.
  int[] columns(Row row) {
    int[] hashes = new int[columns];
    for (int i = 0; i < columns; i++) {
      feed(forms[i], row.cell(i));
      hashes[i] = (int) hash().low();
    }
    return hashes;
  }

  String keyText(Row row) {
    var parts = new String[key.length];
    for (int i = 0; i < key.length; i++) {
      Object cell = row.cell(key[i]);
      parts[i] = cell == null ? "NULL" : CellText.of(cell);
    }
    return String.join(", ", parts);
  }

  // The length goes first, so that ("ab", "c") is not ("a", "bc"), and -1 stands for NULL.
  private void feed(CanonicalForm form, @Nullable Object cell) {
    byte[] bytes = cell == null ? new byte[0] : form.of(cell).getBytes(StandardCharsets.UTF_8);
    md5.update(ByteBuffer.allocate(4).putInt(cell == null ? -1 : bytes.length).flip());
    md5.update(bytes);
  }

  private Hash hash() {
    ByteBuffer digest = ByteBuffer.wrap(md5.digest());
    return new Hash(digest.getLong(), digest.getLong());
  }

  /// 128 bits that stand for a key or a row.
  record Hash(long high, long low) {}
}
