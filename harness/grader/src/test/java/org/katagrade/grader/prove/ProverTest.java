package org.katagrade.grader.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.grade.CheckGrade;
import org.katagrade.grader.grade.TestCourse;
import org.katagrade.grader.grade.Verdict;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.UsageException;

final class ProverTest {

  @TempDir Path folder;

  @Test
  void findsWhatIsMissingAndWhoSurvives() throws Exception {
    Kata kata = copyOfTheCourse();
    mutant(kata, "counts/Wrong/CountsNothing", "counts-nothing");
    mutant(kata, "counts/Wrong/Right", "passes-all");
    mutant(kata, "counts/Died/NotThat", "counts-nothing");
    mutant(kata, "counts/Wrong/NoProgram", "does-not-compile");
    mutant(kata, "count/Wrong/Misspelt", "counts-nothing");
    mutant(kata, "counts/Wrung/Misspelt", "counts-nothing");

    List<String> judged = new ArrayList<>();
    Proof proof =
        new Prover(TestCourse.grader(), TestCourse.compiler(), TestCourse.jvm())
            .prove(
                kata,
                ProveOptions.build(2),
                new ProveListener() {
                  @Override
                  public synchronized void judged(Kata of, Proof.Fate fate) {
                    judged.add(fate.mistake() + " " + fate.word());
                  }
                });

    assertThat(judged)
        .containsExactlyInAnyOrder(
            "CountsNothing caught", "Right survived", "NotThat mistold", "NoProgram rejected");
    assertThat(proof.holds()).isFalse();
    assertThat(proof.caught()).isEqualTo(1);
    assertThat(proof.faults())
        .contains("wakesEverybody has no mutant", "rules has no mutant")
        .contains(
            "counts/Died/NotThat is caught, but as Wrong; if that is what it is, move it to"
                + " counts/Wrong")
        .contains("counts/Wrong/Right survives: counts passes")
        .anyMatch(
            fault ->
                fault.startsWith(
                    "counts/Wrong/NoProgram is rejected: kata99/Solution.java:14: cannot find"))
        .anyMatch(fault -> fault.contains("there is no check 'count'; there are counts, "))
        .anyMatch(fault -> fault.contains("there is no verdict 'Wrung'; there are DataRace, "))
        .noneMatch(fault -> fault.contains("stub") || fault.contains("reference"))
        .noneMatch(fault -> fault.contains("sample test") || fault.contains("README"));
  }

  @Test
  void provesOneCheckAloneAsOftenAsItIsTold() throws Exception {
    Kata kata = copyOfTheCourse();
    mutant(kata, "counts/Wrong/CountsNothing", "counts-nothing");
    mutant(kata, "wakesEverybody/LostWakeup/CountsNothing", "counts-nothing");

    Proof proof =
        new Prover(TestCourse.grader(), TestCourse.compiler(), TestCourse.jvm())
            .prove(kata, new ProveOptions(2, false, "counts", 2), new ProveListener() {});

    assertThat(proof.mutants())
        .singleElement()
        .satisfies(
            fate -> {
              assertThat(fate.check()).isEqualTo("counts");
              assertThat(fate.caught()).isTrue();
            });
    assertThat(proof.faults()).noneMatch(fault -> fault.contains("reference"));
  }

  @Test
  void allowsEachCheckAQuarterOfItsLimitUnderTheRaceDetectorToo() {
    assertThat(Prover.tooDear(passed("agent", 20_000, 2_500))).isEmpty();
    assertThat(Prover.tooDear(passed("agent", 20_000, 2_501)))
        .contains(
            "the reference needs 2501 ms of processor time for any, over a quarter of the limit");
    assertThat(Prover.tooDear(passed("plain", 2_501, 2_501))).isPresent();
    assertThat(Prover.tooDear(passed("model", 15_000, 15_000))).isEmpty();
    assertThat(Prover.tooDear(passed("model", 15_001, 15_001))).isPresent();
  }

  private static CheckGrade passed(String lane, long all, long dearest) {
    return new CheckGrade(
        "any", "any", "", 10, 10, false, lane, all, dearest, new Verdict.Passed(), null, null);
  }

  @Test
  void findsAStubThatReportsWouldNotKnowForOne() throws Exception {
    Kata kata = copyOfTheCourse();
    Path stub = kata.folder().resolve("src/kata99/Solution.java");
    String source = Files.readString(stub);
    Files.writeString(stub, source.replace("throw new Unsupp", "open(); throw new Unsupp"));

    Proof proof =
        new Prover(TestCourse.grader(), TestCourse.compiler(), TestCourse.jvm())
            .prove(kata, ProveOptions.build(2), new ProveListener() {});

    assertThat(proof.faults())
        .contains("the stub is not known for one: a method of it does more than throw");
  }

  @Test
  void findsWhatPassesAStubInASlowLaneAlone() throws Exception {
    Kata kata =
        TestCourse.copied(
            folder,
            checks ->
                checks.replace(
                    "Linearizability.of(Operations.class).against(Sequential.class);", ""));

    assertThat(faultsOf(kata)).contains("the stub scores 25, not 0");
  }

  @Test
  void findsAReadmeThatSaysOtherPointsThanThereAre() throws Exception {
    Kata kata = copyOfTheCourse();
    Path readme = kata.folder().resolve("README.md");
    String text = Files.readString(readme);
    assertThat(faultsOf(kata)).noneMatch(fault -> fault.contains("README's row"));
    Files.writeString(readme, text.replace("| opening wakes everybody | 20 |", "| opening | 20 |"));
    assertThat(faultsOf(Course.in(folder.resolve("katas")).find("turnstile")))
        .contains(
            "the README's row 'opening | 20' is no check and its points",
            "the README has no row 'opening wakes everybody | 20' under 'What is graded'");
  }

  @Test
  void findsASampleTestThatDoesNotCompileOrFails() throws Exception {
    Kata kata = copyOfTheCourse();
    Path sample = kata.folder().resolve("test/kata99/SampleTest.java");
    String right = Files.readString(sample);
    Files.writeString(sample, right.replace("assertEquals(1", "assertEquals(2"));
    assertThat(faultsOf(kata))
        .anyMatch(
            fault ->
                fault.startsWith("the reference fails the sample test's whoEntersIsCounted: ")
                    && fault.contains("expected: <2> but was: <1>"));
    Files.writeString(sample, right.replace("turnstile.entered()", "turnstile.inside()"));
    assertThat(faultsOf(kata))
        .anyMatch(
            fault ->
                fault.startsWith(
                    "the sample test does not compile with the stub: kata99/SampleTest.java:14"));
  }

  private static List<String> faultsOf(Kata kata) throws Exception {
    return new Prover(TestCourse.grader(), TestCourse.compiler(), TestCourse.jvm())
        .prove(kata, ProveOptions.build(2), new ProveListener() {})
        .faults();
  }

  @Test
  void keepsTheMatrixWhereAReportFindsIt() throws Exception {
    Kata kata = copyOfTheCourse();
    Files.createDirectories(kata.hidden().resolve("mutants/counts/Wrong/CountsNothing"));
    List<Proof.Fate> fates = Mutant.of(kata).stream().map(ProverTest::caught).toList();
    Proof proof = new Proof(kata.id(), "abc", List.of("counts", "rules"), List.of(), fates);

    KillMatrix.write(kata, proof);

    assertThat(KillMatrix.read(kata, "abc")).isEqualTo(Optional.of(proof));
    assertThat(KillMatrix.read(kata, "other sources")).isEmpty();
    assertThat(kata.reference().resolve("PROOF.md"))
        .content()
        .contains("1 of 1 known mistakes are caught.", "| CountsNothing | **Wrong** |  |");

    Files.createDirectories(kata.hidden().resolve("mutants/counts/Wrong/NeverProven"));
    assertThat(KillMatrix.read(kata, "abc")).isEmpty();
  }

  private static Proof.Fate caught(Mutant mutant) {
    Map<String, String> verdicts = Map.of(mutant.check(), mutant.verdict());
    return new Proof.Fate(
        mutant.check(), mutant.verdict(), mutant.mistake(), true, verdicts, List.of(), 7, 7, 0);
  }

  @Test
  void aMutantWithoutASourceIsNamed() throws Exception {
    Kata kata = copyOfTheCourse();
    Files.createDirectories(kata.hidden().resolve("mutants/counts/Wrong/Empty"));
    assertThatThrownBy(() -> faultsOf(kata))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("hidden/mutants/counts/Wrong/Empty: ");
  }

  /** An hour passes at once where schedules are explored, and with real threads it does not. */
  @Test
  void findsAReferenceThatFailsOnRealThreadsAlone() throws Exception {
    Kata kata = copyOfTheCourse();
    Path checks = kata.hidden().resolve("kata99/TurnstileChecks.java");
    String source = Files.readString(checks);
    int end = source.lastIndexOf('}');
    Files.writeString(
        checks,
        source.substring(0, end)
            + """
              @Check(points = 1, title = "lasts")
              @org.katagrade.checks.Explored
              void lasts() throws Exception {
                org.katagrade.checks.Clock.sleep(java.time.Duration.ofHours(1));
              }
            }
            """);
    assertThat(faultsOf(kata))
        .filteredOn(fault -> fault.startsWith("the reference fails"))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("the reference fails lasts: LostWakeup; to see how: grade kata-99 ")
        .endsWith(" --only lasts --seed 1 --quick, where checks run on real threads");
  }

  private Kata copyOfTheCourse() throws Exception {
    copy(TestCourse.katas().resolveSibling(""), folder);
    Kata kata = Course.in(folder.resolve("katas")).find("turnstile");
    for (Path needed :
        List.of(
            kata.folder().resolve("pom.xml"),
            kata.reference().resolve("pom.xml"),
            kata.reference().resolve("NOTES.md"))) {
      Files.writeString(needed, "");
    }
    return kata;
  }

  private static void mutant(Kata kata, String path, String from) throws Exception {
    copy(TestCourse.cases().resolve(from), kata.hidden().resolve("mutants").resolve(path));
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (file.toString().endsWith(".java") || file.toString().endsWith(".md")) {
          Files.copy(file, target);
        }
      }
    }
  }
}
