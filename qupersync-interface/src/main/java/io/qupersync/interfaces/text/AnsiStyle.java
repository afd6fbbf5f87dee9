package io.qupersync.interfaces.text;

/// How a stretch of text looks on a terminal that may have colours.
public enum AnsiStyle {
  PLAIN(""),
  BOLD("1"),
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  NOTICE("33");

  private final String code;

  AnsiStyle(String code) {
    this.code = code;
  }

  public String on(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
