package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.text.HumanText;
import java.util.SequencedMap;

/// One thing in full: a name and a value per line.
final class DetailTable {

  private DetailTable() {}

  static String text(SequencedMap<String, String> values) {
    int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    values.forEach((name, value) ->
        text.append(name)
            .repeat(" ", width - name.length() + 2)
            .append(HumanText.oneLine(value))
            .append('\n'));
    return text.toString();
  }
}
