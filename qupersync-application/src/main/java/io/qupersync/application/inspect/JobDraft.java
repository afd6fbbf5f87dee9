package io.qupersync.application.inspect;

import io.qupersync.domain.table.TableRef;
import java.util.List;
import java.util.Optional;

/// A job guessed from what a table looks like.
///
/// @param key empty when nothing looks like one
/// @param watermark the column to read from
/// @param doubts what the user should look at before using it
public record JobDraft(
    TableRef table, List<String> key, Optional<String> watermark, List<String> doubts) {

  public JobDraft {
    key = List.copyOf(key);
    doubts = List.copyOf(doubts);
  }
}
