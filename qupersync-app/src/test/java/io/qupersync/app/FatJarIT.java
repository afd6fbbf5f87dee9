package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The one file people copy to a machine: what merging many jars into it may quietly lose or add.
 */
class FatJarIT {

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile("target/qupersync.jar");
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void starts_main_with_native_access_and_versioned_classes() throws IOException {
    Attributes manifest = jar.getManifest().getMainAttributes();

    assertThat(manifest.getValue("Main-Class")).isEqualTo("io.qupersync.app.Main");
    assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
    assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
  }

  @Test
  void keeps_every_service_that_several_jars_provide() throws IOException {
    assertThat(text("META-INF/services/java.sql.Driver"))
        .contains("org.postgresql.Driver", "com.amazon.redshift.Driver");
    assertThat(text("META-INF/services/org.flywaydb.core.extensibility.Plugin"))
        .contains("org.flywaydb.database.postgresql.PostgreSQLDatabaseType");
  }

  @Test
  void carries_no_database_and_no_stand_in() {
    assertThat(jar.stream().map(ZipEntry::getName))
        .noneMatch(name -> name.startsWith("io/qupersync/sandbox/"))
        .noneMatch(name -> name.startsWith("io/zonky/"))
        .noneMatch(name -> name.endsWith(".txz"));
  }

  @Test
  void carries_no_signature_that_no_longer_fits_and_no_module_of_a_part() {
    assertThat(jar.stream().map(ZipEntry::getName))
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  private String text(String entry) throws IOException {
    try (var in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
