package io.qupersync.interfaces.http.view;

/// How much the log tells.
public record LogLevelView(String level) {}
