package org.katagrade.grader.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.compile.Problem;
import org.katagrade.grader.fork.Isolation;
import org.katagrade.grader.grade.Grade;
import org.katagrade.grader.grade.GradeListener;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.grade.Grader;
import org.katagrade.grader.grade.TestCourse;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.sandbox.Level;
import org.katagrade.grader.sandbox.Sandbox;

/**
 * Attacks, each of which must come to what its file says, and their twins, which keep full marks,
 * at the highest level of isolation that is here; those that run, at level 1 too. And each that the
 * list of what may be named stops, once without that list, where it is safe: it must go further
 * then, or the test could not fail.
 */
final class AttacksIT {

  private static final Path ATTACKS = Path.of("src/test/resources/attacks");
  private static final Path TABLE = Path.of("../../docs/attacks.csv");
  private static final String FULL_MARKS = "score 107";

  @TempDir private Path folder;

  private int folders;

  static List<Attack> all() throws IOException {
    try (Stream<Path> files = Files.walk(ATTACKS)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      return sorted.stream().map(AttacksIT::read).toList();
    }
  }

  private static Attack read(Path file) {
    try {
      return Attack.read(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> attacksComeToNothing() throws Exception {
    Sandbox best = Isolation.best();
    return all().stream()
        .flatMap(
            attack ->
                levels(attack.get("outcome"), best)
                    .map(
                        sandbox ->
                            DynamicTest.dynamicTest(
                                attack.name() + ", level " + sandbox.level().number(),
                                () ->
                                    assertThat(outcome(attack, false, List.of(), sandbox))
                                        .satisfies(seen -> comesTo(attack.get("outcome"), seen)))));
  }

  @TestFactory
  Stream<DynamicTest> twinsKeepFullMarks() throws Exception {
    Sandbox best = Isolation.best();
    return all().stream()
        .filter(Attack::hasTwin)
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.name(),
                    () ->
                        assertThat(outcome(attack, true, List.of(), best)).isEqualTo(FULL_MARKS)));
  }

  @TestFactory
  Stream<DynamicTest> withoutTheListTheyGoFurther() throws Exception {
    Sandbox best = Isolation.best();
    return all().stream()
        .filter(attack -> attack.find("without").isPresent())
        .map(
            attack ->
                DynamicTest.dynamicTest(
                    attack.name(),
                    () ->
                        assertThat(outcome(attack, false, attack.allowing(), best))
                            .satisfies(seen -> comesTo(attack.get("without"), seen))));
  }

  @Test
  void thereAreAttacks() throws IOException {
    assertThat(all()).hasSizeGreaterThan(70);
  }

  /** {@code -Dattacks.write=true} writes it. */
  @Test
  void theTableInTheDocumentationIsOfThese() throws IOException {
    String table =
        all().stream()
            .map(
                attack ->
                    Stream.of(
                            attack.name(),
                            attack.get("tries"),
                            attack.get("line"),
                            attack.get("outcome"),
                            attack.find("then").orElse(""),
                            attack.find("without").orElse(""),
                            attack.hasTwin() ? "yes" : "no")
                        .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(",")))
            .collect(
                Collectors.joining(
                    "\n",
                    "attack,tries,stopped by,outcome,stopped then by,outcome then,twin\n",
                    "\n"));
    if (Boolean.getBoolean("attacks.write")) {
      Files.writeString(TABLE, table);
    }
    assertThat(TABLE).hasContent(table);
  }

  /** What is refused does not run, so that the level makes no difference. */
  private static Stream<Sandbox> levels(String outcome, Sandbox best) {
    return outcome.startsWith("rejected") || best.level() == Level.JVM
        ? Stream.of(best)
        : Stream.of(Sandbox.none(), best);
  }

  private static void comesTo(String expected, String seen) {
    if (expected.startsWith("rejected ")) {
      assertThat(seen).startsWith("rejected ").contains(expected.substring("rejected ".length()));
    } else {
      List<String> seenParts = parts(seen);
      List<String> expectedParts = parts(expected);
      assertThat(seenParts).hasSameSizeAs(expectedParts);
      for (int i = 0; i < seenParts.size(); i++) {
        assertThat(seenParts.get(i)).isIn(eachOf(expectedParts.get(i)));
      }
    }
  }

  /** Of what reaches two limits at about the same time, either may be told: Died/Overran. */
  private static List<String> eachOf(String part) {
    String[] words = part.split(" ");
    return Stream.of(words[1].split("/")).map(verdict -> words[0] + " " + verdict).toList();
  }

  private static List<String> parts(String outcome) {
    return Stream.of(outcome.split(", ")).sorted().toList();
  }

  private String outcome(Attack attack, boolean twin, List<String> allowing, Sandbox sandbox)
      throws Exception {
    Path own = Files.createDirectories(folder.resolve(String.valueOf(folders++)));
    Kata kata = allowing.isEmpty() ? TestCourse.turnstile() : widened(own, allowing);
    Path submission = attack.into(Files.createDirectories(own.resolve("work")), twin);
    Grade grade =
        new Grader(TestCourse.jvm(sandbox), TestCourse.compiler(), "test")
            .grade(kata, submission, GradeOptions.usual(), new GradeListener() {});
    assertThat(grade.versions().sandbox()).isEqualTo(sandbox.level().number());
    return words(grade);
  }

  private static Kata widened(Path folder, List<String> allowing) throws IOException {
    UnaryOperator<String> wider =
        checks ->
            checks.replace(
                "@Graded(rules = 5,",
                allowing.stream()
                    .map(name -> "\"" + name + "\"")
                    .collect(Collectors.joining(", ", "@Graded(allowed = {", "}, rules = 5,")));
    return TestCourse.copied(Files.createDirectories(folder.resolve("course")), wider);
  }

  private static String words(Grade grade) {
    if (!grade.rejected().isEmpty()) {
      Problem first = grade.rejected().getFirst();
      return "rejected %s: %s".formatted(first.path(), first.message());
    }
    return Stream.concat(
            Stream.of("score " + grade.score()),
            TestCourse.failed(grade).entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
