package io.qupersync.app.config.document;

import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;

/// Why a file cannot be read, in words; the JDK's messages are often the mere path.
final class FileProblem {

  private FileProblem() {}

  static String reason(Exception failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case InvalidPathException invalid -> invalid.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
