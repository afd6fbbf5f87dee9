package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people unpack on a machine that has no Java. */
class ImageIT {

  /** Makes the JVM refuse to start where its prepared start does not fit. */
  private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

  @TempDir Path directory;
  private Image image;

  @BeforeEach
  void unpack() throws IOException {
    image = new Image(directory);
  }

  @Test
  void starts_where_there_is_no_java() throws Exception {
    Image.Ended ended = image.run("version");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.exit()).isZero();
    assertThat(ended.out()).startsWith("qupersync ");
  }

  @Test
  void finds_its_jars_when_called_through_links() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("q"), Image.HOME.resolve("bin"));
    Path other = Files.createSymbolicLink(directory.resolve("qs"), link.resolve("qupersync"));

    assertThat(image.run(other, "version").exit()).isZero();
  }

  @Test
  void runs_the_built_in_jobs() throws Exception {
    try (var sandbox = Sandbox.start(1, InstantSource.system())) {
      image.with(sandbox.environment()).with("QUPERSYNC_JAVA_OPTS", "-Xmx64m");

      assertThat(image.run("validate").out()).contains("8 jobs, no problems");
      Image.Ended ended = image.run("run", "--all", "--json");

      assertThat(ended.err()).doesNotContain("error");
      assertThat(ended.exit()).isZero();
      assertThat(ended.out().split("\"status\": \"success\"", -1)).hasSize(9);
    }
  }

  @Test
  void serves_until_a_signal_comes() throws Exception {
    try (var sandbox = Sandbox.start(1, InstantSource.system())) {
      Files.writeString(
          directory.resolve("qupersync.yaml"), "server: { port: %d }".formatted(freePort()));
      Process process = image.with(sandbox.environment()).start("serve");
      try (var said = process.errorReader();
          var client = HttpClient.newHttpClient()) {
        URI address = address(said);

        assertThat(status(client, address.resolve("/health/live"))).isEqualTo(200);
        assertThat(status(client, address.resolve("/health/ready"))).isEqualTo(200);
        assertThat(status(client, address.resolve("/api/v1/jobs"))).isEqualTo(200);

        process.destroy();
        assertThat(process.waitFor()).isZero();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (var reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return reserved.getLocalPort();
    }
  }

  /** Waits until it says where it serves. */
  private static URI address(BufferedReader said) {
    return said.lines()
        .map(Pattern.compile("serving .* at (http://\\S+)")::matcher)
        .filter(Matcher::find)
        .map(line -> URI.create(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("ended before it served"));
  }

  private static int status(HttpClient client, URI address) throws Exception {
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void explains_itself_to_the_shell_and_to_man() {
    assertThat(Image.HOME.resolve("share/bash-completion/completions/qupersync"))
        .content()
        .contains("complete -F", "dead-letters");
    assertThat(Image.HOME.resolve("share/man/man1/qupersync.1"))
        .content()
        .startsWith(".TH QUPERSYNC 1")
        .contains(".SS \"serve\"");
  }

  @Test
  void a_prepared_start_is_kept_and_used() throws Exception {
    Image.Ended warmed = image.run("--warm");

    assertThat(warmed).isEqualTo(new Image.Ended(0, "", ""));
    List<Path> made = cache();
    assertThat(made).hasSize(2);
    image.with("QUPERSYNC_JAVA_OPTS", CACHE_OR_NOTHING);
    assertThat(image.run("version").exit()).isZero();

    var before = Files.getLastModifiedTime(made.getFirst());
    assertThat(image.run("--warm").exit()).isZero();
    assertThat(Files.getLastModifiedTime(made.getFirst())).isEqualTo(before);
  }

  @Test
  void a_start_is_prepared_for_serving_wherever_the_image_lies() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("some where"));
    copy(Image.HOME, elsewhere);
    Path program = elsewhere.resolve("bin/qupersync");
    Path loaded = directory.resolve("loaded");

    assertThat(image.run(program, "--warm")).isEqualTo(new Image.Ended(0, "", ""));
    image.with("QUPERSYNC_JAVA_OPTS", CACHE_OR_NOTHING + " -Xlog:class+load:file=" + loaded);
    assertThat(image.run(program, "version").exit()).isZero();

    // what only a service needs, and only one whose databases answer
    assertThat(Files.readString(loaded))
        .contains("org.eclipse.jetty.server.Server source: shared objects file")
        .contains("io.qupersync.infrastructure.redshift.RedshiftRows source: shared objects file")
        .contains("io.qupersync.infrastructure.postgres.PostgresLoad source: shared objects file");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copied.getParent());
        Files.copy(file, copied);
      }
    }
  }

  @Test
  void a_start_that_was_prepared_for_another_place_or_build_is_not_used_but_made_anew()
      throws Exception {
    image.run("--warm");
    List<Path> made = cache();
    Path ofOldBuild = directory.resolve("cache/qupersync-0123.aot");
    Files.writeString(ofOldBuild, "old");
    Files.writeString(made.getLast(), "/opt/elsewhere\n");
    Files.writeString(made.getFirst(), "would spoil the start");

    assertThat(image.run("version").err()).isEmpty();
    image.run("--warm");

    assertThat(cache()).isEqualTo(made);
    assertThat(made.getFirst())
        .satisfies(cache -> assertThat(Files.size(cache)).isGreaterThan(1 << 20));
    image.with("QUPERSYNC_JAVA_OPTS", CACHE_OR_NOTHING);
    assertThat(image.run("version").exit()).isZero();
  }

  @Test
  void a_start_that_cannot_be_prepared_is_no_failure() throws Exception {
    image.with("QUPERSYNC_CACHE_DIR", "/dev/null/cache");

    Image.Ended warmed = image.run("--warm");

    assertThat(warmed.exit()).isZero();
    assertThat(warmed.err()).contains("cannot write to /dev/null/cache");
    assertThat(image.run("version").err()).isEmpty();
  }

  @Test
  void has_every_module_of_java_that_the_program_uses() throws IOException {
    var needed = new StringWriter();
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(
            new PrintWriter(needed, true),
            new PrintWriter(System.err, true),
            "--print-module-deps",
            "--ignore-missing-deps",
            "--multi-release=25",
            "target/qupersync.jar");

    String release = Files.readString(Image.HOME.resolve("runtime/release"));
    String modules =
        release.lines().filter(line -> line.startsWith("MODULES=")).findFirst().orElseThrow();
    List<String> linked = List.of(modules.substring(8).replace("\"", "").split(" "));

    assertThat(needed.toString().strip().split(",")).isNotEmpty().isSubsetOf(linked);
  }

  @Test
  void brings_no_sandbox_and_no_library_twice() throws IOException {
    Path lib = Image.HOME.resolve("lib");
    // refuses a folder with two versions of a module
    List<String> modules =
        ModuleFinder.of(lib).findAll().stream().map(found -> found.descriptor().name()).toList();

    assertThat(modules)
        .contains("io.qupersync.app", "com.amazon.redshift.jdbc")
        .noneMatch(name -> name.contains("sandbox"))
        .noneMatch(name -> name.contains("embedded"));
    try (Stream<Path> jars = Files.list(lib)) {
      assertThat(jars).hasSameSizeAs(modules);
    }
  }

  @Test
  void the_zip_unpacks_to_something_that_can_be_started() throws IOException {
    try (Stream<Path> found = Files.list(Path.of("target"))) {
      Path zip = found.filter(file -> file.toString().endsWith(".zip")).findFirst().orElseThrow();
      try (FileSystem unpacked =
          FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true))) {
        Path root;
        try (Stream<Path> top = Files.list(unpacked.getPath("/"))) {
          root = top.findFirst().orElseThrow();
        }
        for (String program :
            List.of("bin/qupersync", "runtime/bin/java", "runtime/lib/jspawnhelper")) {
          assertThat(Files.getPosixFilePermissions(root.resolve(program)))
              .contains(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE)
              .doesNotContain(PosixFilePermission.OTHERS_WRITE);
        }
        assertThat(root.resolve("build-id"))
            .hasSameTextualContentAs(Image.HOME.resolve("build-id"));
        assertThat(Files.exists(root.resolve("config/qupersync.service"))).isTrue();
      }
    }
  }

  private List<Path> cache() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("cache"))) {
      return files.sorted().toList();
    }
  }
}
