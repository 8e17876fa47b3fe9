package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.katagrade.grader.cli.ScratchCourse.Run;

/** Submissions as nobody should hand them in. */
final class UnusualSubmissionsTest {

  private static final int TOO_MANY = 201;
  private static final int TEN_MEBIBYTES = 10 << 20;
  private static final int DEEP = 20_000;

  @TempDir private Path folder;

  private ScratchCourse course;
  private Path work;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
    work = course.root().resolve("work/odd");
    Files.createDirectories(work.resolve("kata99"));
  }

  @Test
  void aLinkToASolutionIsRejected() throws IOException {
    link(
        work.resolve("kata99/Solution.java"),
        course.reference().resolve("src/kata99/Solution.java"));
    assertRejected("kata99/Solution.java is not a regular file; links are not followed");
  }

  @Test
  void aLinkToNothingIsRejected() throws IOException {
    link(work.resolve("kata99/Solution.java"), work.resolve("nowhere.java"));
    assertRejected("kata99/Solution.java is not a regular file; links are not followed");
  }

  @Test
  void aFolderThatIsALinkIsRejected() throws IOException {
    Files.delete(work.resolve("kata99"));
    link(work.resolve("kata99"), course.reference().resolve("src/kata99"));
    assertRejected("kata99 is a link to a folder; links are not followed");
  }

  @Test
  void aSourceFolderThatIsALinkIsRejected() throws IOException {
    link(work.resolve("src"), course.reference().resolve("src"));
    assertRejected("src is a link to a folder; links are not followed");
  }

  @Test
  void aLinkedFolderMattersIfSourcesWereMeantToBeFoundThere() throws IOException {
    ScratchCourse.write(work.resolve("kata99/Solution.java"), ScratchCourse.RIGHT);
    link(work.resolve("docs"), Files.createDirectories(course.root().resolve("docs")));
    link(work.resolve("loop"), work.resolve("loop"));
    assertThat(course.run("kata-99", work.toString()).code()).isEqualTo(ExitCode.FULL);
    link(work.resolve("more"), course.reference().resolve("src"));
    assertRejected("more is a link to a folder; links are not followed");
  }

  @Test
  void theFolderThatIsNamedMayBeALink() throws IOException {
    ScratchCourse.write(work.resolve("kata99/Solution.java"), ScratchCourse.ALWAYS_ONE);
    link(course.root().resolve("here"), work);
    Run run = course.run("kata-99", "here");
    assertThat(run.out()).contains("60 of 100");
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
    assertThat(SavedFiles.in(course.root().resolve("here")).files()).hasSize(1);
  }

  @Test
  void aLinkToWhatCameWithTheKataIsNobodysWork() throws IOException {
    link(course.root().resolve("here"), course.reference());
    assertThat(course.run("kata-99", "here").code()).isEqualTo(ExitCode.FULL);
    assertThat(course.places().state()).doesNotExist();
  }

  @Test
  void aPipeIsNotReadFrom() throws Exception {
    Path pipe = work.resolve("kata99/Solution.java");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "there is no mkfifo");
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertRejected("kata99/Solution.java is not a regular file");
  }

  @Test
  void aFolderNamedLikeASourceIsNoSource() throws IOException {
    Files.createDirectories(work.resolve("kata99/Solution.java"));
    Run run = course.run("kata-99", work.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("no Java source");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16"})
  void aSourceThatIsNotUtf8IsRejected(String encoding) throws IOException {
    String source = "// Nothing yet\n// Für später\n" + ScratchCourse.RIGHT;
    Files.write(work.resolve("kata99/Solution.java"), source.getBytes(Charset.forName(encoding)));
    int line = encoding.startsWith("UTF") ? 1 : 2;
    assertRejected("kata99/Solution.java is not UTF-8 text: line " + line);
  }

  @Test
  void aSourceCountsByItsPackageWhereverItLies() throws IOException {
    Files.delete(work.resolve("kata99"));
    ScratchCourse.write(
        work.resolve("Solution.java"),
        ScratchCourse.RIGHT.replace("++steppingStone", "1 / steppingStone"));
    Run run = course.run("kata-99", work.toString());
    assertThat(run.out()).contains("Solution.java:7 │ return 1 / steppingStone;");
  }

  @Test
  void aFieldForEverybodyIsToldOfWithItsLine() throws IOException {
    ScratchCourse.write(
        work.resolve("kata99/Solution.java"), ScratchCourse.RIGHT.replace("private", "public"));
    Run run = course.run("kata-99", work.toString());
    assertThat(run.out()).contains("shared state is private").contains("Solution.java:4 │ public");
  }

  @Test
  void aSolutionThatOverridesNothingIsToldOfItsContract() throws IOException {
    ScratchCourse.write(
        work.resolve("kata99/Solution.java"),
        ScratchCourse.RIGHT
            .replace(" implements Counter", "")
            .replace("  public sync", "  @Override\n  public sync"));
    assertRejected("expected Solution to be a kata99.Counter, but it is not");
  }

  @Test
  void aKataWithoutItsSourcesHasNone() throws IOException {
    Files.delete(work.resolve("kata99"));
    ScratchCourse.write(work.resolve("pom.xml"), "<project/>\n");
    ScratchCourse.write(work.resolve("test/kata99/SampleTest.java"), "package kata99;\n");
    Run run = course.run("kata-99", work.toString());
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is no folder 'src' in");
  }

  @Test
  void aClassFileNamedLikeASourceIsRejected() throws IOException {
    Files.write(
        work.resolve("kata99/Solution.java"),
        new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 69});
    assertRejected("kata99/Solution.java is not UTF-8 text");
  }

  @Test
  void zerosAreRejectedByTheCompiler() throws IOException {
    Files.write(work.resolve("kata99/Solution.java"), new byte[100]);
    assertRejected("illegal character");
  }

  @Test
  void aByteOrderMarkIsNotRead() throws IOException {
    ScratchCourse.write(work.resolve("kata99/Solution.java"), "\uFEFF" + ScratchCourse.RIGHT);
    Run run = course.run("kata-99", work.toString());
    assertThat(run.out()).contains("100 of 100");
    assertThat(run.code()).isEqualTo(ExitCode.FULL);
  }

  @Test
  void aPreviewFeatureIsRejectedWithoutAdviceToSwitchItOn() throws IOException {
    ScratchCourse.write(
        work.resolve("kata99/Solution.java"),
        ScratchCourse.RIGHT.replace(
            "return", "Object one = 1; boolean is = one instanceof int i; return"));
    assertRejected("disabled by default. (preview features are not allowed)");
    assertThat(course.run("kata-99", work.toString()).out()).doesNotContain("--enable-preview");
  }

  @Test
  void anEnormousSourceIsRejectedUnread() throws IOException {
    byte[] padding = "// more of the same\n".getBytes(StandardCharsets.UTF_8);
    byte[] source = new byte[TEN_MEBIBYTES];
    for (int i = 0; i < source.length; i++) {
      source[i] = padding[i % padding.length];
    }
    Files.write(work.resolve("kata99/Solution.java"), source);
    assertRejected("kata99/Solution.java is larger than 1 MiB");
  }

  @Test
  void tooManySourcesAreRejected() throws IOException {
    for (int i = 0; i < TOO_MANY; i++) {
      ScratchCourse.write(
          work.resolve("kata99/T" + i + ".java"), "package kata99; class T" + i + " {}");
    }
    assertRejected("there are more than 200 source files");
  }

  @Test
  void whatOverwhelmsTheCompilerIsRejected() throws IOException {
    String deep = "(".repeat(DEEP) + "1" + ")".repeat(DEEP);
    ScratchCourse.write(
        work.resolve("kata99/Solution.java"), ScratchCourse.ALWAYS_ONE.replace("1;", deep + ";"));
    PrintStream before = System.err;
    ByteArrayOutputStream leaked = new ByteArrayOutputStream();
    System.setErr(new PrintStream(leaked, true, StandardCharsets.UTF_8));
    try {
      assertRejected("the compiler ran out of stack: something is nested too deeply");
    } finally {
      System.setErr(before);
    }
    assertThat(leaked.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aModuleIsRejected() throws IOException {
    ScratchCourse.write(work.resolve("kata99/Solution.java"), ScratchCourse.RIGHT);
    ScratchCourse.write(work.resolve("module-info.java"), "module mine {}\n");
    assertRejected("module-info.java makes a module of it");
  }

  @Test
  void typesOfTheJdkAndOfTheHarnessCannotBeReplaced() throws IOException {
    ScratchCourse.write(work.resolve("kata99/Solution.java"), ScratchCourse.RIGHT);
    ScratchCourse.write(
        work.resolve("org/katagrade/checks/Crowd.java"),
        "package org.katagrade.checks;\n\npublic final class Crowd {}\n");
    assertRejected("org.katagrade.checks");
    ScratchCourse.write(
        work.resolve("java/util/List.java"), "package java.util;\n\npublic interface List {}\n");
    assertRejected("package exists in another module: java.base");
  }

  /** Nothing of it is run, it scores nothing, and the report says why. */
  private void assertRejected(String why) {
    Run run = course.run("kata-99", work.toString());
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("cannot be run, so nothing was graded")
        .contains(why)
        .contains("0 of 100");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.BELOW);
  }

  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createSymbolicLink(link, target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      assumeTrue(false, "this system gives no links: " + e.getMessage());
    }
  }
}
