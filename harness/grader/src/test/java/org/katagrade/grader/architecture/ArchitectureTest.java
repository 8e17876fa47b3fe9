package org.katagrade.grader.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {

  private static final String ROOT = "org.katagrade.grader.";
  private static final int FEWEST_CLASSES = 100;

  /** Whom each package may know, besides itself; the arrows go one way. */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          Map.entry("canary", List.of()),
          Map.entry("sandbox", List.of()),
          Map.entry("kata", List.of()),
          Map.entry("compile", List.of("kata")),
          Map.entry("rules", List.of("kata")),
          Map.entry("surface", List.of()),
          Map.entry("fork", List.of("kata", "sandbox")),
          Map.entry("grade", List.of("compile", "rules", "surface", "fork", "kata", "sandbox")),
          Map.entry(
              "prove", List.of("grade", "compile", "rules", "surface", "fork", "kata", "sandbox")),
          Map.entry("report", List.of("grade", "compile", "rules", "fork", "kata")),
          Map.entry("state", List.of()));

  private static final JavaClasses GRADER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.katagrade.grader", "org.katagrade.checks");

  @Test
  void seesTheWholeGrader() {
    assertThat(GRADER).hasSizeGreaterThan(FEWEST_CLASSES);
    assertThat(GRADER.containPackage("org.katagrade.checks")).isTrue();
  }

  @Test
  void arrowsGoOneWay() {
    KNOWS.forEach(
        (name, known) -> {
          List<String> unknown =
              List.of(
                      "kata", "compile", "rules", "surface", "sandbox", "fork", "grade", "prove",
                      "report", "state", "canary", "cli")
                  .stream()
                  .filter(other -> !other.equals(name) && !known.contains(other))
                  .toList();
          for (String other : unknown) {
            noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + other + "..")
                .check(GRADER);
          }
        });
  }

  @Test
  void noPackageDependsOnItselfByWayOfAnother() {
    slices().matching("org.katagrade.(*).(*)..").should().beFreeOfCycles().check(GRADER);
  }

  @Test
  void checksKnowNothingOfTheGrader() {
    noClasses()
        .that()
        .resideInAPackage("org.katagrade.checks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.katagrade.grader..")
        .check(GRADER);
  }

  @Test
  void onlyForkStartsProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "fork..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(GRADER);
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(GRADER);
  }

  @Test
  void onlyMainsTouchTheStandardStreams() {
    noClasses()
        .that()
        .resideInAPackage("org.katagrade..")
        .and()
        .doNotHaveSimpleName("Main")
        .and()
        .doNotHaveSimpleName("ChildMain")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(GRADER);
  }

  @Test
  void nobodyButTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(GRADER);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Common|Misc)[A-Za-z]*")
        .check(GRADER);
  }

  @Test
  void nothingIsNullUnlessItSaysSo() {
    classes()
        .that(
            new DescribedPredicate<JavaClass>("are top-level") {
              @Override
              public boolean test(JavaClass type) {
                return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
              }
            })
        .should(
            new ArchCondition<>("be in a package marked @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(type, marked, type.getName()));
              }
            })
        .check(GRADER);
  }
}
