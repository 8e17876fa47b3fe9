package org.katagrade.grader.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.checks.child.WovenJdk.Kept;
import org.katagrade.checks.wire.ClassBytes;
import org.katagrade.checks.wire.Codec;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.fork.Training;
import org.katagrade.grader.kata.Kata;

/** What Lincheck weaves into the JDK is kept from one child to the next. */
final class WovenJdkTest {

  private static final String MARKER = "kata99.WasInTheFile";

  @TempDir private Path folder;

  @Test
  void theNextChildIsGivenItAndJudgesAsBefore() throws Exception {
    Path archive = folder.resolve("child.aot");
    Path file = Jvm.wovenBeside(archive);
    Training.weave(TestCourse.jvm(), file);
    List<ClassBytes> classes = new ArrayList<>(read(file).classes());

    assertThat(classes)
        .extracting(ClassBytes::name)
        .contains("java.lang.invoke.MethodHandleNatives", "java.lang.ClassLoader")
        .doesNotContain("java.lang.invoke.MethodHandle", "java.lang.Thread")
        .allMatch(name -> name.startsWith("java.") || name.startsWith("jdk."));

    classes.add(new ClassBytes(MARKER, new byte[0]));
    write(file, new Kept(classes));
    Jvm before = TestCourse.jvm();
    Jvm jvm = new Jvm(before.home(), before.library(), List.of(), archive);

    assertThat(verdict(jvm, "passes-all")).isEqualTo(new Verdict.Passed());
    assertThat(verdict(jvm, "not-linearizable")).isInstanceOf(Verdict.NotLinearizable.class);
  }

  @Test
  void aFileThatIsNotWholeCostsNothingButTime() throws Exception {
    Path archive = folder.resolve("child.aot");
    Files.write(Jvm.wovenBeside(archive), new byte[] {1});
    Jvm before = TestCourse.jvm();
    Jvm jvm = new Jvm(before.home(), before.library(), List.of(), archive);

    assertThat(verdict(jvm, "not-linearizable")).isInstanceOf(Verdict.NotLinearizable.class);
  }

  /** Of the check of linearizability, which sees that the child was given the file if it passes. */
  private Verdict verdict(Jvm jvm, String submission) throws Exception {
    Kata kata =
        TestCourse.copied(
            Files.createDirectories(folder.resolve(submission)),
            checks ->
                checks.replace(
                    ".against(Sequential.class);",
                    """
                    .against(Sequential.class);
                    assertThat(%s.keySet()).as("woven").contains("%s");
                    """
                        .formatted(TestCourse.WOVEN, MARKER)));
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

  private static Kept read(Path file) throws Exception {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      return (Kept) Objects.requireNonNull(Codec.read(in, Kept.class));
    }
  }

  private static void write(Path file, Kept kept) throws Exception {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      Codec.write(out, Kept.class, kept);
    }
  }
}
