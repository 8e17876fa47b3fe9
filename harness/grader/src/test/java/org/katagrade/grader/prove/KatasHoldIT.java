package org.katagrade.grader.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.katagrade.grader.grade.TestCourse;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;

/** Proves every kata of the project once: the build tier. */
final class KatasHoldIT {

  private static final Path KATAS = Path.of("../../katas");
  private static final int FEWEST_KATAS = 8;

  @TestFactory
  Stream<DynamicTest> everyKata() throws IOException {
    return Course.in(KATAS).katas().stream()
        .map(kata -> DynamicTest.dynamicTest(kata.id(), () -> prove(kata)));
  }

  @Test
  void thereAreKatas() throws IOException {
    assertThat(Course.in(KATAS).katas()).hasSizeGreaterThanOrEqualTo(FEWEST_KATAS);
  }

  private static void prove(Kata kata) throws Exception {
    Prover prover = new Prover(TestCourse.grader(), TestCourse.compiler(), TestCourse.jvm());
    int jobs = Runtime.getRuntime().availableProcessors();
    Proof proof = prover.prove(kata, ProveOptions.build(jobs), new ProveListener() {});
    assertThat(proof.faults()).isEmpty();
    assertThat(proof.caught()).isPositive();
  }
}
