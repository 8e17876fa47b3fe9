package org.katagrade.grader.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.katagrade.checks.evidence.Course;
import org.katagrade.checks.evidence.DataRace;
import org.katagrade.checks.evidence.Frame;
import org.katagrade.checks.evidence.Step;
import org.katagrade.grader.kata.SourceFile;

class CourseViewTest {

  private static final int WRITTEN_AT = 40;

  private final StringWriter written = new StringWriter();
  private final Page page =
      new Page(
          new Style(false, 100, false, true),
          Marks.in(StandardCharsets.UTF_8),
          new PrintWriter(written, true));
  private final SourceLines lines =
      SourceLines.of(
          List.of(
              new SourceFile(
                  Path.of("Solution.java"), "kata01/Solution.java", "class Solution {}")));
  private final List<Step> steps = new ArrayList<>();

  private static Frame at(int line) {
    return new Frame("kata01.Solution", "add", "Solution.java", line);
  }

  /** So much that nobody would read it. */
  private void looks(int thread, int times) {
    for (int i = 0; i < times; i++) {
      steps.add(new Step(thread, "reads count: " + i, at(10 + i)));
    }
  }

  private Course course() {
    return new Course("adds", "-", List.of("check", "crowd-3-7", "crowd-3-9"), steps, false);
  }

  private List<String> shown(List<DataRace> races) {
    return shown(races, Set.of());
  }

  private List<String> shown(List<DataRace> races, Set<String> asleep) {
    new CourseView(page, lines, false).show(course(), races, asleep);
    return written.toString().lines().map(line -> line.replaceAll(" +", " ").strip()).toList();
  }

  private static DataRace.Access access(boolean write, String thread, int line) {
    return new DataRace.Access(write, thread, List.of(at(line)), List.of());
  }

  @Test
  void foldsWhatAThreadDidUndisturbed() {
    looks(1, 30);
    assertThat(shown(List.of()))
        .containsSubsequence(
            "reads count: 0 :10",
            "reads count: 1 :11",
            "… 26 more steps",
            "reads count: 28 :38",
            "reads count: 29 :39")
        .doesNotContain("reads count: 2 :12");
  }

  @Test
  void keepsBothAccessesOfARace() {
    looks(1, 15);
    steps.add(new Step(1, "writes total: 7", at(WRITTEN_AT)));
    looks(1, 15);
    looks(2, 1);
    DataRace race =
        new DataRace(
            "Solution.total",
            access(false, "crowd-3-9", 10),
            access(true, "crowd-3-7", WRITTEN_AT));
    assertThat(shown(List.of(race)))
        .containsSubsequence(
            "… 13 more steps", "writes total: 7 :40", "… 13 more steps", "reads count: 0 :10");
  }

  @Test
  void keepsTheOnlyNotification() {
    looks(1, 15);
    steps.add(new Step(1, "notifies crowd-3-9", at(WRITTEN_AT)));
    looks(1, 15);
    assertThat(shown(List.of()))
        .containsSubsequence("… 13 more steps", "notifies thread 2 :40", "… 13 more steps");
  }

  @Test
  void tellsOnceInATurnWhatIsDoneAgainAndAgain() {
    for (int i = 0; i < 30; i++) {
      steps.add(new Step(1, "calls Condition#1.signalAll", at(WRITTEN_AT)));
      looks(1, 2);
    }
    steps.add(new Step(2, "calls Condition#1.await", at(50)));
    List<String> shown = shown(List.of());
    assertThat(shown).filteredOn("Condition.signalAll() :40"::equals).hasSize(2);
    assertThat(shown).filteredOn(line -> line.contains("more steps")).hasSize(1);
  }

  /** Though nobody else has to do with what it waits on, and though the same wait ended once. */
  @Test
  void saysSinceWhenAThreadWaits() {
    looks(2, 1);
    steps.add(new Step(2, "calls Condition#1.await", at(50)));
    steps.add(new Step(2, "calls Condition#1.await", at(50)));
    looks(1, 2);
    assertThat(shown(List.of(), Set.of("crowd-3-9")))
        .containsSubsequence(
            "reads count: 0 :10",
            "Condition.await() :50",
            "waits from here on",
            "reads count: 0 :10")
        .filteredOn(line -> line.contains("await"))
        .hasSize(1);
  }

  @Test
  void classesHaveTheirOwnNames() {
    steps.add(new Step(1, "writes top: Solution$Node#1", at(10)));
    steps.add(new Step(2, "takes ReentrantReadWriteLock$ReadLock#1", at(11)));
    steps.add(new Step(1, "calls ReentrantReadWriteLock$ReadLock#1.lock", at(12)));
    steps.add(new Step(2, "reads top: Solution$Node#1", at(13)));
    steps.add(new Step(1, "reads top: Solution$1#1", at(14)));
    steps.add(new Step(2, "writes top: Solution$1#1", at(15)));
    steps.add(new Step(1, "calls AbstractQueuedSynchronizer$ConditionObject#1.await", at(16)));
    steps.add(new Step(2, "calls AbstractQueuedSynchronizer$ConditionObject#1.signal", at(17)));
    assertThat(shown(List.of()))
        .containsSubsequence(
            "writes top: Node :10",
            "takes ReadLock :11",
            "ReadLock.lock() :12",
            "reads top: Node :13",
            "reads top: Solution$1 :14",
            "writes top: Solution$1 :15",
            "Condition.await() :16",
            "Condition.signal() :17");
  }

  @Test
  void listsStepsThatColumnsWouldCut() {
    for (int i = 0; i < 4; i++) {
      steps.add(new Step(1, "writes theEntryThatWasUsedLast: Entry#1", at(10)));
      steps.add(new Step(2, "reads theEntryThatWasUsedLast: Entry#1", at(11)));
      steps.add(new Step(0, "reads theEntryThatWasUsedLast: Entry#1", at(12)));
    }
    assertThat(shown(List.of()))
        .contains("thread 1 writes theEntryThatWasUsedLast: Entry :10")
        .noneMatch(line -> line.contains("…"));
  }

  @Test
  void aRaceHasTheNamesOfItsStory() {
    looks(2, 1);
    DataRace race =
        new DataRace(
            "Solution.total", access(false, "crowd-3-9", 10), access(true, "crowd-3-7", 40));
    new RaceView(page, new Places(page, lines), false).show(List.of(race), course());
    assertThat(written.toString()).contains("by thread 2, at").contains("by thread 1, at");
    assertThat(written.toString().indexOf("by thread 2"))
        .isLessThan(written.toString().indexOf("by thread 1"));
  }
}
