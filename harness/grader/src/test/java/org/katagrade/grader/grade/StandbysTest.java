package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.kata.CheckReader;
import org.katagrade.grader.kata.Kata;

/** Children that were started before it was known whether there would be work for them. */
final class StandbysTest {

  private static final Set<Long> BEFORE = children();

  @Test
  void aSubmissionThatDoesNotCompileLeavesNoneBehind() throws Exception {
    Grade grade = grade("does-not-compile");

    assertThat(grade.isRejected()).isTrue();
    await().until(StandbysTest::noneIsLeft);
  }

  @Test
  void whatNoLaneTookIsEnded() throws Exception {
    Kata kata = TestCourse.turnstile();
    Errand errand = new Errand(List.of(), List.of(), List.of(), List.of(), false, false);

    try (Standbys none = Standbys.of(TestCourse.jvm(), kata.packageName(), errand, 2)) {
      assertThat(none.plain()).isNotNull();
      assertThat(noneIsLeft()).isTrue();
    }
    try (Standbys all = Standbys.of(TestCourse.jvm(), kata.packageName(), whole(kata), 2)) {
      assertThat(all.agent()).isNotNull();
      assertThat(children()).filteredOn(child -> !BEFORE.contains(child)).hasSize(2);
    }
    await().until(StandbysTest::noneIsLeft);
  }

  @Test
  void onOneProcessorNoneIsStartedEarly() throws Exception {
    Kata kata = TestCourse.turnstile();

    try (Standbys none = Standbys.of(TestCourse.jvm(), kata.packageName(), whole(kata), 1)) {
      assertThat(none.plain()).isNotNull();
      assertThat(noneIsLeft()).isTrue();
    }
  }

  private static Errand whole(Kata kata) throws Exception {
    return Errand.of(
        CheckReader.read(TestCourse.compiler().compile(kata).hidden()), GradeOptions.usual());
  }

  private static Grade grade(String submission) throws Exception {
    GradeOptions options = new GradeOptions(false, null, 2, 1, List.of(), false);
    return TestCourse.grader()
        .grade(
            TestCourse.turnstile(),
            TestCourse.cases().resolve(submission),
            options,
            new GradeListener() {});
  }

  private static boolean noneIsLeft() {
    return BEFORE.containsAll(children());
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
