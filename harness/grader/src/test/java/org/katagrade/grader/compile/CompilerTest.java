package org.katagrade.grader.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.katagrade.grader.grade.TestCourse;
import org.katagrade.grader.kata.SourceFile;
import org.katagrade.grader.kata.Sources;

final class CompilerTest {

  @Test
  void givesUpAfterSoMuchProcessorTime() throws Exception {
    List<SourceFile> sources =
        Sources.submission(TestCourse.cases().resolve("passes-all")).sources();

    Compilation compilation =
        Compiler.compile(sources, List.of(), List.of(), Duration.ZERO, Duration.ofMillis(1));

    assertThat(compilation.failed()).isTrue();
    assertThat(compilation.classes()).isEmpty();
    assertThat(compilation.errors())
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.message())
                    .startsWith("the compiler had not finished after 0 s of processor time"));
  }
}
