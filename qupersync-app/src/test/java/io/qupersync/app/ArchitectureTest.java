package io.qupersync.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the rooms and arrows of the house. The module system refuses a wrong arrow between modules;
 * this test refuses the finer ones, and a module descriptor that would allow too much.
 */
class ArchitectureTest {

  private static final String DOMAIN = "io.qupersync.domain..";
  private static final String APPLICATION = "io.qupersync.application..";
  private static final String PORTS = "io.qupersync.application.port..";
  private static final String INFRASTRUCTURE = "io.qupersync.infrastructure..";
  private static final String CLI = "io.qupersync.interfaces.cli..";
  private static final String HTTP = "io.qupersync.interfaces.http..";
  private static final String INTERFACES = "io.qupersync.interfaces..";
  private static final String APP = "io.qupersync.app..";
  private static final String DEMO = "io.qupersync.app.demo..";
  private static final String SANDBOX = "io.qupersync.sandbox..";

  private static final ImportOption NOT_THE_TESTKIT = location -> !location.contains("-tests.jar");

  /** Everything that ships: the five rooms and the sandbox. */
  private static final JavaClasses SHIPPED =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(NOT_THE_TESTKIT)
          .importPackages("io.qupersync");

  /**
   * The product without the sandbox, which plays a slow and faulty server and so may do as it
   * likes.
   */
  private static final JavaClasses PRODUCT =
      SHIPPED.that(DescribedPredicate.not(resideInAPackage(SANDBOX)));

  /** First of all: a misspelt package would let every rule below pass in silence. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        DOMAIN,
        APPLICATION,
        PORTS,
        INFRASTRUCTURE,
        CLI,
        HTTP,
        INTERFACES,
        APP,
        DEMO,
        SANDBOX
      })
  void sees_the_rooms_it_judges(String room) {
    assertThat(SHIPPED.that(resideInAPackage(room))).as("classes in %s", room).isNotEmpty();
  }

  @Nested
  class arrows_between_packages {

    @Test
    void the_domain_knows_nobody() {
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(oursOutside(DOMAIN))
          .because("a rule of the domain takes what it needs as a parameter")
          .check(SHIPPED);
    }

    @Test
    void the_application_knows_the_domain_only() {
      noClasses()
          .that()
          .resideInAPackage(APPLICATION)
          .should()
          .dependOnClassesThat(oursOutside(DOMAIN, APPLICATION))
          .because("a use case asks for what it needs through a port in application.port")
          .check(SHIPPED);
    }

    @Test
    void infrastructure_knows_ports_and_the_domain_only() {
      noClasses()
          .that()
          .resideInAPackage(INFRASTRUCTURE)
          .should()
          .dependOnClassesThat(oursOutside(DOMAIN, PORTS, INFRASTRUCTURE))
          .because(
              "an adapter fills in a port; what it would ask of a use case belongs in the port")
          .check(SHIPPED);
    }

    @Test
    void interfaces_know_use_cases_and_the_domain_but_no_ports() {
      noClasses()
          .that()
          .resideInAPackage(INTERFACES)
          .should()
          .dependOnClassesThat(
              oursOutside(DOMAIN, APPLICATION, INTERFACES).or(resideInAPackage(PORTS)))
          .because(
              "a command or a route calls a use case, which calls the port: one door, one flow")
          .check(SHIPPED);
    }

    @Test
    void the_command_line_and_the_api_do_not_meet() {
      for (List<String> pair : List.of(List.of(CLI, HTTP), List.of(HTTP, CLI))) {
        noClasses()
            .that()
            .resideInAPackage(pair.getFirst())
            .should()
            .dependOnClassesThat()
            .resideInAPackage(pair.getLast())
            .because("what both show or read belongs in interfaces.text, which knows neither")
            .check(SHIPPED);
      }
    }

    @Test
    void only_the_demo_knows_the_sandbox() {
      noClasses()
          .that()
          .resideOutsideOfPackages(SANDBOX, DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SANDBOX)
          .because("the sandbox's jar is not there in production; reach it through app.demo")
          .check(SHIPPED);
    }

    @Test
    void the_sandbox_knows_nobody() {
      noClasses()
          .that()
          .resideInAPackage(SANDBOX)
          .should()
          .dependOnClassesThat(oursOutside(SANDBOX))
          .because(
              "a stand-in that shares code with the product shares its mistakes: write it anew")
          .check(SHIPPED);
    }

    @Test
    void no_package_reaches_itself_through_others() {
      slices()
          .assignedFrom(PACKAGES)
          .should()
          .beFreeOfCycles()
          .because("move the type both sides need to the lower one, or merge the two packages")
          .check(SHIPPED);
    }
  }

  @Nested
  class things_that_come_in_by_constructor {

    @Test
    void nobody_reads_the_clock_but_main() {
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Main.class.getName())
          .should()
          .accessTargetWhere(JavaAccess.Predicates.target(READS_THE_CLOCK))
          .because(
              "time comes in by constructor, as an InstantSource (or a LongSupplier for durations)")
          .check(PRODUCT);
    }

    @Test
    void nobody_sleeps_but_the_pause() {
      noClasses()
          .that(DescribedPredicate.not(simpleName("SystemPause")))
          .should()
          .accessTargetWhere(JavaAccess.Predicates.target(SLEEPS))
          .because(
              "waiting goes through the Pause port, so that tests move time instead of spending it")
          .check(PRODUCT);
    }

    @Test
    void nobody_talks_sql_but_infrastructure() {
      noClasses()
          .that()
          .resideOutsideOfPackage(INFRASTRUCTURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.postgresql..",
              "com.amazon.redshift..",
              "com.zaxxer.hikari..",
              "org.flywaydb..")
          .because(
              "databases stay behind the ports: a SyncFailure instead of an SQLException, a Row instead of a ResultSet")
          .check(PRODUCT);
    }
  }

  @Nested
  class tests {

    private final JavaClasses testClasses =
        new ClassFileImporter().importPaths(compiledTests().toList());

    @Test
    void are_seen_here() {
      assertThat(testClasses.contain(ArchitectureTest.class)).isTrue();
    }

    @Test
    void write_fakes_instead_of_mocking() {
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.mockito..", "org.easymock..", "org.powermock..")
          .because(
              "a mock teaches a test the order of calls; write the fake and run its port's contract")
          .check(testClasses);
    }

    @Test
    void move_time_instead_of_sleeping() {
      noClasses()
          .should()
          .accessTargetWhere(JavaAccess.Predicates.target(SLEEPS))
          .because("a test that sleeps is slow or flaky: move a settable clock, or wait on a latch")
          .check(testClasses);
    }

    /** Of all modules: those built before this one lie beside it. */
    private static Stream<Path> compiledTests() {
      return Stream.of("domain", "application", "infrastructure", "interface", "sandbox", "app")
          .map(name -> Path.of("..", "qupersync-" + name, "target", "test-classes"))
          .filter(Files::isDirectory);
    }
  }

  /** What the module descriptors allow is what the rooms allow: nobody widens them in passing. */
  @Nested
  class modules {

    @Test
    void require_of_ours_only_what_the_arrows_say() {
      assertThat(requiredOfOurs("domain")).isEmpty();
      assertThat(requiredOfOurs("application")).containsExactly("domain");
      assertThat(requiredOfOurs("infrastructure")).isSubsetOf("application", "domain");
      assertThat(requiredOfOurs("interfaces")).isSubsetOf("application", "domain");
      assertThat(requiredOfOurs("sandbox")).isEmpty();
    }

    @Test
    void leave_the_domain_to_java_base() {
      assertThat(module("domain").requires().stream().map(ModuleDescriptor.Requires::name))
          .as(
              "the domain needs the language and the null annotations, nothing that connects or logs")
          .containsExactlyInAnyOrder("java.base", "org.jspecify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"infrastructure", "interfaces"})
    void show_the_outer_rooms_to_the_app_only(String room) {
      assertThat(module(room).exports())
          .isNotEmpty()
          .allSatisfy(exported ->
              assertThat(exported.targets())
                  .as("who sees %s: only the composition root wires it", exported.source())
                  .containsExactly("io.qupersync.app"));
    }

    @Test
    void keep_the_sandbox_out_of_production() {
      assertThat(module("app").requires())
          .filteredOn(required -> required.name().equals("io.qupersync.sandbox"))
          .allSatisfy(required ->
              assertThat(required.modifiers())
                  .as("`requires static`: the jar is only there for the demo")
                  .contains(ModuleDescriptor.Requires.Modifier.STATIC));
    }

    private static Set<String> requiredOfOurs(String name) {
      return module(name).requires().stream()
          .map(ModuleDescriptor.Requires::name)
          .filter(required -> required.startsWith("io.qupersync."))
          .map(required -> required.substring("io.qupersync.".length()))
          .collect(toSet());
    }

    private static ModuleDescriptor module(String name) {
      return ModuleLayer.boot().findModule("io.qupersync." + name).orElseThrow().getDescriptor();
    }
  }

  private static DescribedPredicate<JavaClass> oursOutside(String... packages) {
    return resideInAPackage("io.qupersync..")
        .and(DescribedPredicate.not(resideInAnyPackage(packages)))
        .as("are ours and outside of %s", String.join(", ", packages));
  }

  /** Every package is a slice of its own, the parent of others too. */
  private static final SliceAssignment PACKAGES =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
          return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
          return "every package";
        }
      };

  private static final DescribedPredicate<AccessTarget> READS_THE_CLOCK =
      DescribedPredicate.describe(
          "reads the system's clock",
          target -> {
            String owner = target.getOwner().getName();
            return switch (target.getName()) {
              case "now" -> owner.startsWith("java.time.") && !takesAClock(target);
              case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
              case "system",
                  "systemUTC",
                  "systemDefaultZone",
                  "tickMillis",
                  "tickSeconds",
                  "tickMinutes" ->
                  owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource");
              case "<init>" -> owner.equals("java.util.Date") && takesNothing(target);
              case "getInstance" -> owner.equals("java.util.Calendar");
              default -> false;
            };
          });

  private static final DescribedPredicate<AccessTarget> SLEEPS =
      DescribedPredicate.describe(
          "sleeps",
          target -> {
            String owner = target.getOwner().getName();
            return switch (target.getName()) {
              case "sleep" ->
                  owner.equals("java.lang.Thread") || owner.equals("java.util.concurrent.TimeUnit");
              case "parkNanos", "parkUntil" ->
                  owner.equals("java.util.concurrent.locks.LockSupport");
              default -> false;
            };
          });

  private static boolean takesAClock(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget unit
        && unit.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(java.time.Clock.class));
  }

  private static boolean takesNothing(AccessTarget target) {
    return target instanceof AccessTarget.CodeUnitAccessTarget unit
        && unit.getRawParameterTypes().isEmpty();
  }
}
