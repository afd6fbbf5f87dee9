package io.qupersync.interfaces.http.view;

import java.util.List;
import java.util.Optional;

/// A page of rejected rows, oldest first.
///
/// @param next what to give as `after` for the next page; empty on the last
public record DeadLettersView(List<DeadLetterView> deadLetters, Optional<String> next) {

  public DeadLettersView {
    deadLetters = List.copyOf(deadLetters);
  }
}
