package io.qupersync.app.config.document;

import io.qupersync.interfaces.http.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Fills in `${NAME}`, `${NAME:-default}` and `${file:/path}` within a value; `$${` stands for
/// `${`. What a reference brings is text: it is not searched for further references, and never read
/// as YAML.
public final class References {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String FILE = "file:";
  private static final String FORMS = "write ${NAME}, ${NAME:-default} or ${file:/path}";
  private static final int LARGEST_FILE = 64 * 1024;

  private final Map<String, String> environment;
  private final Path directory;
  private final Set<String> exposed = new LinkedHashSet<>();

  /// @param directory where relative paths begin
  public References(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  /// The text with its references filled in; a problem when one leads nowhere.
  Node resolve(SourceLocation sourceLocation, String written, Problems problems) {
    if (!written.contains("${")) {
      return new Node.Text(sourceLocation, written, written);
    }
    try {
      return new Node.Text(sourceLocation, fill(written), written);
    } catch (DeadReference dead) {
      problems.add(sourceLocation, dead.advice);
      return new Node.Broken(sourceLocation);
    }
  }

  private String fill(String written) throws DeadReference {
    var filled = new StringBuilder();
    int at = 0;
    for (int start = written.indexOf("${"); start >= 0; start = written.indexOf("${", at)) {
      if (start > at && written.charAt(start - 1) == '$') {
        filled.append(written, at, start - 1).append("${");
        at = start + 2;
        continue;
      }
      int end = written.indexOf('}', start);
      if (end < 0) {
        throw new DeadReference("a reference is left open: close it with '}', or write $${ for ${");
      }
      filled.append(written, at, start).append(follow(written.substring(start + 2, end)));
      at = end + 1;
    }
    return filled.append(written, at, written.length()).toString();
  }

  private String follow(String reference) throws DeadReference {
    if (reference.contains("${")) {
      throw new DeadReference("a reference cannot hold another one; " + FORMS);
    }
    if (reference.startsWith(FILE)) {
      return content(reference.substring(FILE.length()));
    }
    int split = reference.indexOf(":-");
    String name = split < 0 ? reference : reference.substring(0, split);
    if (!NAME.matcher(name).matches()) {
      throw new DeadReference(
          "'${%s}' is no reference; %s, and $${ for a plain ${".formatted(reference, FORMS));
    }
    String value = environment.get(name);
    if (split >= 0) {
      return value == null || value.isEmpty() ? reference.substring(split + 2) : value;
    }
    if (value == null) {
      throw new DeadReference(
          "the environment has no variable %s; set it, or write ${%s:-default}"
              .formatted(name, name));
    }
    return value;
  }

  /// Editors and `echo` end a secret's file with a line break, which is not part of the secret.
  private String content(String path) throws DeadReference {
    try {
      Path file = directory.resolve(path);
      if (Files.isRegularFile(file) && Files.size(file) > LARGEST_FILE) {
        throw new DeadReference(
            "file %s is larger than 64 kB; is it the right one?".formatted(path));
      }
      ByteBuffer bytes = ByteBuffer.wrap(SmallFile.read(file, LARGEST_FILE));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      noteIfExposed(file, path);
      return text.replaceFirst("\\r?\\n\\z", "");
    } catch (IOException | InvalidPathException unreadable) {
      throw new DeadReference(
          "file %s cannot be read (%s); check its path and permissions"
              .formatted(path, FileProblem.reason(unreadable)));
    }
  }

  /// Files that everybody on this machine may read, although they hold what is secret: one warning
  /// each. Known once all references have been followed.
  public List<String> warnings() {
    return List.copyOf(exposed);
  }

  private void noteIfExposed(Path file, String path) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        exposed.add(
            "file %1$s may be read by everybody on this machine; if it holds a secret: chmod o-r %1$s"
                .formatted(path));
      }
    } catch (IOException | UnsupportedOperationException _) {
      // a file system without such permissions
    }
  }

  /// A reference that leads nowhere; the advice says what to do.
  private static final class DeadReference extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    DeadReference(String advice) {
      super(advice);
      this.advice = advice;
    }
  }
}
