package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.cli.ScratchCourse.Run;
import org.katagrade.grader.state.BestScore;
import org.katagrade.grader.state.Scores;

final class GradeCommandTest {

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
  }

  @Test
  void fullMarksExitWithZero() {
    Run run = course.run("kata-99", "reference/kata-99-counter");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(run.out()).contains("100 of 100");
  }

  @Test
  void theKatasOwnFolderIsTheDefault() {
    Run run = course.run("kata-99");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out()).contains("0 of 100");
  }

  @Test
  void lessThanFullMarksExitsWithOne() throws IOException {
    course.submission("one", ScratchCourse.ALWAYS_ONE);
    Run run = course.run("kata-99", "work/one");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out()).contains("60 of 100");
  }

  @Test
  void aReportSaysHowToRunACheckOfTheSameWorkAgain() throws IOException {
    course.submission("one", ScratchCourse.ALWAYS_ONE);
    course.submission("number one", ScratchCourse.ALWAYS_ONE);
    assertThat(course.run("kata-99", "work/one", "--verbose").out())
        .contains("run alone   grade kata-99 work/one --only goesOn\n");
    assertThat(course.run("kata-99", "work/number one", "--verbose").out())
        .contains("run alone   grade kata-99 \"work/number one\" --only goesOn\n");
    ScratchCourse.write(
        course.kata().resolve("src/kata99/Solution.java"), ScratchCourse.ALWAYS_ONE);
    assertThat(course.run("kata-99", "--verbose").out())
        .contains("run alone   grade kata-99 --only goesOn\n");
    assertThat(course.run("kata-99", course.kata().toString(), "--verbose").out())
        .contains("run alone   grade kata-99 --only goesOn\n");
    Files.createDirectories(course.root().resolve("mine"));
    Files.move(course.root().resolve("katas"), course.root().resolve("mine/katas"));
    Files.move(course.root().resolve("reference"), course.root().resolve("mine/reference"));
    assertThat(course.run("kata-99", "work/one", "--verbose", "--katas", "mine/katas").out())
        .contains("run alone   grade kata-99 work/one --katas mine/katas --only goesOn\n");
  }

  @ParameterizedTest
  @CsvSource({"60, 0", "61, 1", "0, 0", "100, 1"})
  void failUnderSaysWhatIsEnough(int enough, int code) throws IOException {
    course.submission("one", ScratchCourse.ALWAYS_ONE);
    assertThat(course.run("kata-99", "work/one", "--fail-under", "" + enough).code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"kata-99", "99", "counter", "kata99", "KATA-99", "katas/kata-99-counter/"})
  void aKataHasManyNames(String name) {
    assertThat(course.run("allowed", name).code()).isEqualTo(ExitCode.FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "kata-98, 'grade list' shows them all",
    "kata-9, 'grade list' shows them all",
    "98, 'grade list' shows them all",
    "kat-99, did you mean kata-99?",
    "conter, did you mean counter?",
    "xyzzy-and-more, 'grade list' shows them all",
    "/, 'grade list' shows them all",
  })
  void anUnknownKataIsUsage(String name, String advice) {
    assertUsage(course.run(name), advice);
  }

  @ParameterizedTest
  @CsvSource({
    "lst, did you mean 'grade list'?",
    "LIST, did you mean 'grade list'?",
    "strat, did you mean 'grade start'?",
    "hnit, did you mean 'grade hint'?",
    "wacth, did you mean 'grade watch'?",
    "alowed, did you mean 'grade allowed'?",
    "proof, did you mean 'grade prove'?",
    "handouts, did you mean 'grade handout'?",
    "completon, did you mean 'grade completion'?",
    "warmup, 'grade list' shows them all",
    "couter, did you mean counter?",
  })
  void aCommandThatIsMistypedIsUsage(String typed, String advice) {
    assertUsage(course.run(typed), advice);
  }

  @Test
  void aMistypedCommandIsRecognizedBeforeItsWords() {
    assertUsage(course.run("strt", "kata-99", "there"), "did you mean 'grade start'?");
    assertUsage(course.run("strt", "kata-99", "there", "too"), "did you mean 'grade start'?");
    assertThat(course.root().resolve("there")).doesNotExist();
  }

  @Test
  void whatProveCannotDoIsUsage() {
    assertUsage(course.run("prove", "--times", "0"), "--times must be 1 or more, not 0");
    assertUsage(course.run("prove", "--long", "--only", "goesOn"), "so it takes no --only");
    assertUsage(course.run("prove", "--only", "nothing"), "there is no check 'nothing'");
  }

  @Test
  void noKataIsUsage() {
    assertUsage(course.run(), "which kata?");
  }

  @ParameterizedTest
  @CsvSource({
    "--quik, did you mean --quick?",
    "--onyl, did you mean --only?",
    "--jobs=x, 'x' is not an int",
    "--jobs=0, --jobs must be 1 or more",
    "--fail-under=101, between 0 and 100",
    "--fail-under=-1, between 0 and 100",
    "--seed=x, 'x' is not a long",
    "--only=nothing, there is no check 'nothing'",
    "--only=race, there is no check 'race'",
    "--library=none.jar, there is no library",
    "--library=grade, grade is no jar",
    "--katas=none, there is no folder of katas",
    "--json, missing required parameter",
  })
  void aBadOptionIsUsage(String option, String said) {
    assertUsage(course.run("kata-99", option), said);
    assertUsage(course.run("kata-99", "reference/kata-99-counter", option), said);
  }

  @Test
  void quietAndVerboseTogetherAreUsage() {
    assertUsage(course.run("kata-99", "--quiet", "--verbose"), "contradict");
  }

  @Test
  void tooManyWordsAreUsage() {
    assertUsage(course.run("kata-99", "a", "b"), "'b'");
  }

  @Test
  void aMissingFolderIsUsage() {
    assertUsage(course.run("kata-99", "nowhere"), "there is no folder");
  }

  @Test
  void aFileInsteadOfAFolderIsUsage() {
    assertUsage(course.run("kata-99", "grade"), "is not a folder");
  }

  @Test
  void anEmptyFolderIsUsage() throws IOException {
    Files.createDirectories(course.root().resolve("empty"));
    assertUsage(course.run("kata-99", "empty"), "no Java source");
  }

  @Test
  void aFolderWithoutJavaIsUsage() throws IOException {
    ScratchCourse.write(course.root().resolve("notes/README.md"), "later");
    assertUsage(course.run("kata-99", "notes"), "no Java source");
  }

  @Test
  void classFilesInsteadOfSourcesAreUsage() throws IOException {
    ScratchCourse.write(course.root().resolve("classes/kata99/Solution.class"), "cafe");
    assertUsage(course.run("kata-99", "classes"), "sources are graded");
  }

  @Test
  void aPathThatIsNoneIsUsage() {
    assertUsage(course.run("kata-99", "a\0b"), "is no path");
  }

  @Test
  void aKataThatDoesNotCompileIsSaid() throws IOException {
    ScratchCourse.write(course.kata().resolve("contract/kata99/Counter.java"), "nonsense");
    assertUsage(course.run("kata-99"), "the kata kata-99 itself does not compile");
  }

  @Test
  void whatDoesNotCompileIsRejectedWithItsLine() throws IOException {
    course.submission("broken", "package kata99;\npublic class Solution {\n  int x = y;\n}\n");
    Run run = course.run("kata-99", "work/broken");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out()).contains("Solution.java:3").contains("y");
  }

  @Test
  void aClassThatIsNotAsItMustBeIsShownWhereItIsDeclared() throws IOException {
    course.submission(
        "hidden",
        ScratchCourse.RIGHT.replace("public final class", "/** A class Solution. */\nfinal class"));
    Run run = course.run("kata-99", "work/hidden");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out())
        .contains("expected Solution to be public, but it is not")
        .contains("kata99/Solution.java:4 │ final class Solution implements Counter {");
    course.submission("empty", "package kata99;\n\npublic interface Solution extends Counter {}\n");
    assertThat(course.run("kata-99", "work/empty").out())
        .contains("kata99/Solution.java:3 │ public interface Solution extends Counter {}");
  }

  @Test
  void onlyRunsOneCheckAndWhatItNeeds() {
    Run run = course.run("kata-99", "reference/kata-99-counter", "--only", "goesOn");
    assertThat(run.err()).contains("running 2 checks");
    run = course.run("kata-99", "reference/kata-99-counter", "--only", "startsAtOne");
    assertThat(run.err()).contains("running 1 check");
    assertThat(run.err()).doesNotContain("goesOn");
  }

  @Test
  void onlyTakesNoPointsForRulesOfWhatWasNotAskedFor() throws IOException {
    course.submission("seven", ScratchCourse.RIGHT.replace("return ++", "return 7 + ++"));
    Run run = course.run("kata-99", "work/seven", "--only", "startsAtOne");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out()).contains("0/50", "?/10").doesNotContain("0/10");
    // Asked for everything, the same work has shown nothing that the rules could be held against.
    assertThat(course.run("kata-99", "work/seven").out()).contains("0/10");
  }

  @Test
  void onlyTakesATitleAsWell() {
    Run run =
        course.run("kata-99", "reference/kata-99-counter", "--only", "Counting starts at one");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(run.err()).contains("running 1 check").doesNotContain("goesOn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"race", "no two threads race for the same data"})
  void onlyRunsTheRaceDetectorThoughACommandHasItsName(String check) throws IOException {
    watchForRaces();
    for (String[] words :
        new String[][] {{"--only", check}, {"--only=" + check}, {"--quick", "--only", check}}) {
      List<String> all = new ArrayList<>(List.of("kata-99", "reference/kata-99-counter"));
      all.addAll(List.of(words));
      Run run = course.run(all.toArray(String[]::new));
      assertThat(run.err()).contains("running 1 check", "race: Passed");
      assertThat(run.code()).isEqualTo(ExitCode.FULL);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "start",
        "hint",
        "watch",
        "allowed",
        "race",
        "prove",
        "handout",
        "completion"
      })
  void onlyTakesTheNameOfACommandForACheck(String name) {
    assertUsage(
        course.run("kata-99", "--only", name),
        "there is no check '" + name + "'; there are startsAtOne, goesOn, rules");
    assertUsage(course.run("watch", "kata-99", "nowhere", "--only", name), "a project/nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rules", "no pattern that is always wrong"})
  void onlyLooksAtTheRules(String check) throws IOException {
    Run run = course.run("kata-99", "reference/kata-99-counter", "--only", check);
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(run.err()).contains("running 1 check").doesNotContain("goesOn");
    course.submission(
        "forbidden",
        ScratchCourse.RIGHT.replace(
            "return ++", "new java.util.concurrent.Semaphore(1).release(); return ++"));
    run = course.run("kata-99", "work/forbidden", "--only", check);
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out()).contains("Semaphore", "0/10");
    assertThat(course.run("kata-99", "--only", check).code()).isEqualTo(ExitCode.BELOW);
  }

  /** Gives points of the kata's for freedom from races. */
  private void watchForRaces() throws IOException {
    Path checks = course.kata().resolve("hidden/kata99/CounterChecks.java");
    String text = Files.readString(checks);
    ScratchCourse.write(
        checks, text.replace("rules = 10", "race = 10, rules = 10").replace("= 50", "= 40"));
  }

  @Test
  void aWrongPackageIsSaidAndNotWhatFollowsFromIt() throws IOException {
    course.submission("elsewhere", ScratchCourse.RIGHT.replace("package kata99", "package bank"));
    Run run = course.run("kata-99", "work/elsewhere");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(run.out())
        .contains("the file says package bank; it must be kata99", "Solution.java:1")
        .doesNotContain("cannot find symbol");
    course.submission("nowhere", ScratchCourse.RIGHT.replace("package kata99;", ""));
    assertThat(course.run("kata-99", "work/nowhere").out())
        .contains("the file says no package; it must be kata99");
  }

  @Test
  void fullMarksOfAPartAreNotEnoughForMorePoints() {
    String[] words = {"kata-99", "reference/kata-99-counter", "--only", "startsAtOne"};
    assertThat(course.run(words).code()).isEqualTo(ExitCode.FULL);
    List<String> more = new ArrayList<>(List.of(words));
    more.addAll(List.of("--fail-under", "100"));
    assertThat(course.run(more.toArray(String[]::new)).code()).isEqualTo(ExitCode.BELOW);
  }

  @Test
  void onlyAWholeRunSaysWhatItsMarksAreWorth() throws Exception {
    course.prove();
    String[] whole = {"kata-99", "reference/kata-99-counter", "--json", "g.json"};
    assertThat(course.run(whole).out()).contains("1 of the 1 known mistakes");
    assertThat(course.root().resolve("g.json")).content().contains("known mistakes");
    List<String> part = new ArrayList<>(List.of(whole));
    part.addAll(List.of("--only", "startsAtOne"));
    assertThat(course.run(part.toArray(String[]::new)).out()).doesNotContain("known mistakes");
    assertThat(course.root().resolve("g.json")).content().doesNotContain("known mistakes");
  }

  @Test
  void quickJobsAndSeedAreTaken() {
    Run run =
        course.run("kata-99", "reference/kata-99-counter", "--quick", "--jobs", "1", "--seed", "7");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
  }

  @Test
  void aLibraryMayBeUsedInThisRun() throws IOException {
    course.submission(
        "library",
        """
        package kata99;

        public final class Solution implements Counter {
          private int last;

          public synchronized int next() {
            var ofLibrary = new org.opentest4j.ValueWrapper[] {org.opentest4j.ValueWrapper.create(1)};
            last += ofLibrary.length;
            return last;
          }
        }
        """);
    assertThat(course.run("kata-99", "work/library").code()).isEqualTo(ExitCode.BELOW);
    String jar = library("opentest4j").toString();
    Run run = course.run("kata-99", "work/library", "--library", jar);
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(run.out()).contains("opentest4j");
  }

  @Test
  void quietPrintsTheScoreAlone() {
    Run run = course.run("kata-99", "reference/kata-99-counter", "--quiet");
    assertThat(run.out().strip().lines()).hasSize(1);
    assertThat(run.out()).contains("100");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void verbosePrintsMore() throws IOException {
    course.submission("one", ScratchCourse.ALWAYS_ONE);
    assertThat(course.run("kata-99", "work/one", "--verbose").out().length())
        .isGreaterThanOrEqualTo(course.run("kata-99", "work/one").out().length());
  }

  @Test
  void coloursAreForTerminalsUnlessSaidOtherwise() {
    String[] plain = {"kata-99", "reference/kata-99-counter"};
    assertThat(course.run(plain).out()).doesNotContain("\u001b[");
    assertThat(course.run(true, false, plain).out()).contains("\u001b[");
    assertThat(course.run("kata-99", "reference/kata-99-counter", "--color").out())
        .contains("\u001b[");
    assertThat(course.run(true, false, "kata-99", "reference/kata-99-counter", "--no-color").out())
        .doesNotContain("\u001b[");
  }

  @Test
  void progressIsALineEachUnlessOnATerminal() {
    String[] words = {"kata-99", "reference/kata-99-counter"};
    assertThat(course.run(words).err()).contains("[2/2] goesOn: Passed\n");
    assertThat(course.run(false, true, words).err())
        .contains("2 of 2 checks done")
        .doesNotContain("\n")
        .endsWith("\r\u001b[K");
  }

  @Test
  void anotherCourseCanBeNamed() throws IOException {
    ScratchCourse other = new ScratchCourse(folder.resolve("other"));
    Run run =
        course.run(
            "kata-99",
            "--katas",
            other.root().resolve("katas").toString(),
            other.reference().toString());
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
  }

  @Test
  void ownWorkIsRememberedAndSolutionsThatCameWithTheKataAreNot() throws IOException {
    Path courseFolder = course.root().resolve("katas").toRealPath();
    Path work = course.submission("mine", ScratchCourse.ALWAYS_ONE);
    course.run("kata-99", "reference/kata-99-counter");
    course.run("kata-99", "katas/kata-99-counter/hidden/mutants/goesOn/Wrong/AlwaysOne");
    Scores scores = new Scores(course.places().state());
    assertThat(scores.best(courseFolder, "kata-99")).isEmpty();
    course.run("kata-99", work.toString());
    assertThat(scores.best(courseFolder, "kata-99").map(BestScore::score)).contains(60);
  }

  @Test
  void theScoreOfAPartIsNotRemembered() throws IOException {
    course.submission("mine", ScratchCourse.ALWAYS_ONE);
    Run run = course.run("kata-99", "work/mine", "--only", "startsAtOne");
    assertThat(run.out()).contains("50/50");
    assertThat(
            new Scores(course.places().state())
                .best(course.root().resolve("katas").toRealPath(), "kata-99"))
        .isEmpty();
  }

  @Test
  void aStateThatCannotBeKeptCostsAWarning() throws IOException {
    ScratchCourse.write(course.root().resolve("state"), "a file where a folder should be");
    course.submission("right", ScratchCourse.RIGHT);
    Run run = course.run("kata-99", "work/right");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(run.out()).contains("100 of 100");
    assertThat(run.err()).contains("the score could not be kept");
  }

  @Test
  void aCacheThatCannotBeKeptCostsNothing() throws IOException {
    ScratchCourse.write(course.root().resolve("cache"), "a file where a folder should be");
    Run run = course.run("kata-99", "reference/kata-99-counter");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
  }

  @Test
  void aReportReplacesNothingButReports() throws IOException {
    Path own = course.submission("own", ScratchCourse.RIGHT).resolve("kata99/Solution.java");
    for (String option : List.of("--json", "--junit")) {
      Run run = course.run("kata-99", "work/own", option, own.toString());
      assertThat(run.code()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("is no report that could be replaced");
      assertThat(own).hasContent(ScratchCourse.RIGHT);
      Path file = course.root().resolve("report" + option);
      assertThat(course.run("kata-99", "work/own", option, file.toString()).code()).isZero();
      assertThat(course.run("kata-99", "work/own", option, file.toString()).code()).isZero();
    }
    Run both = course.run("kata-99", "work/own", "--json", "g.x", "--junit", "./g.x");
    assertThat(both.code()).isEqualTo(ExitCode.USAGE);
    assertThat(both.err()).contains("--json and --junit want a file each");
  }

  @Test
  void filesAreWrittenBesideTheReport() {
    Run run =
        course.run("kata-99", "reference/kata-99-counter", "--json", "g.json", "--junit", "g.xml");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
    assertThat(course.root().resolve("g.json"))
        .content()
        .contains("grade/v1")
        .contains("startsAtOne");
    assertThat(course.root().resolve("g.xml")).content().contains("<testcase");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"one", "semaphore", "undeclared", "stub", "printing", "right --verbose --quick"})
  void noLineOfAReportIsWiderThanANarrowTerminal(String work) throws IOException {
    course.submission("right", ScratchCourse.RIGHT);
    course.submission("one", ScratchCourse.ALWAYS_ONE);
    course.submission("stub", ScratchCourse.STUB);
    course.submission("undeclared", ScratchCourse.ALWAYS_ONE.replace("1;", "n".repeat(99) + ";"));
    course.submission(
        "printing",
        ScratchCourse.ALWAYS_ONE.replace(
            "return 1;",
            "System.out.println(\"much to say\".repeat(9)); throw new Error(\"no\".repeat(99));"));
    course.submission(
        "semaphore",
        ScratchCourse.RIGHT.replace(
            "++steppingStone",
            "new java.util.concurrent.Semaphore(++steppingStone).drainPermits()"));
    List<String> words = new ArrayList<>(List.of(("work/" + work).split(" ")));
    words.addFirst("kata-99");
    Run run = course.run(40, words.toArray(String[]::new));
    assertThat(run.out().lines()).hasSizeGreaterThan(8).allMatch(line -> line.length() <= 40);
    assertThat(run.out()).contains(" of 100");
  }

  private static Path library(String start) throws IOException {
    try (var jars = Files.list(ScratchCourse.LIBRARY)) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void assertUsage(Run run, String said) {
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("grade: ").contains(said);
    assertThat(run.err().strip().lines()).hasSize(1);
  }
}
