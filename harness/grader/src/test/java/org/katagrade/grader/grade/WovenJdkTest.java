package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Training;
import org.katagrade.grader.kata.Kata;

/** What Lincheck weaves into the JDK is kept from one child to the next. */
final class WovenJdkTest {

  private static final String RECALLED = "Recalling";
  private static final String WOVEN_AFRESH = "ConcurrentHashMap";

  @TempDir private Path folder;

  @Test
  void theNextChildIsGivenItAndJudgesAsBefore() throws Exception {
    Jvm before = TestCourse.jvm();
    Jvm jvm = withFileBeside(folder.resolve("child.aot"));
    Training.weave(before, folder.resolve("woven"));

    assertThat(verdict(jvm, "passes-all", RECALLED)).isEqualTo(new Verdict.Passed());
    assertThat(verdict(jvm, "not-linearizable", RECALLED))
        .isInstanceOf(Verdict.NotLinearizable.class)
        .isEqualTo(verdict(before, "not-linearizable", WOVEN_AFRESH));
  }

  @Test
  void aFileThatIsNotWholeCostsNothingButTime() throws Exception {
    Jvm jvm = withFileBeside(folder.resolve("child.aot"));
    Files.write(folder.resolve("woven"), new byte[] {1});

    assertThat(verdict(jvm, "passes-all", WOVEN_AFRESH)).isEqualTo(new Verdict.Passed());
    assertThat(verdict(jvm, "not-linearizable", WOVEN_AFRESH))
        .isInstanceOf(Verdict.NotLinearizable.class);
  }

  private static Jvm withFileBeside(Path archive) {
    Jvm jvm = TestCourse.jvm();
    return new Jvm(jvm.home(), jvm.library(), List.of(), archive, jvm.sandbox());
  }

  /**
   * Of the check of linearizability under Lincheck alone, in which Lincheck has its woven classes
   * from where it should.
   */
  private Verdict verdict(Jvm jvm, String submission, String cache) throws Exception {
    Kata kata =
        TestCourse.copied(
            Files.createDirectories(folder.resolve(submission + cache)),
            checks ->
                checks.replace(
                    ".against(Sequential.class);",
                    """
                    .against(Sequential.class);
                    assertThat(%1$s.getClass().getSimpleName()).isEqualTo("%2$s");
                    assertThat(%1$s.keySet()).as("woven").contains("java.lang.ClassLoader");
                    """
                        .formatted(TestCourse.WOVEN, cache)));
    GradeOptions options = new GradeOptions(false, "linearizable", 1, 1, List.of(), false);
    return new Grader(jvm, TestCourse.compiler(), "test")
            .grade(kata, TestCourse.cases().resolve(submission), options, new GradeListener() {})
            .checks()
            .stream()
            .filter(check -> check.id().equals("linearizable"))
            .findFirst()
            .orElseThrow()
            .verdict();
  }
}
