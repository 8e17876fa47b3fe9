package org.katagrade.grader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.katagrade.grader.cli.ScratchCourse.Run;

/** What students get holds no line of what they must not see. */
final class SecretsTest {

  @TempDir private Path folder;

  private ScratchCourse course;

  @BeforeEach
  void make() throws IOException {
    course = new ScratchCourse(folder);
    ScratchCourse.write(course.kata().resolve("NOTES-of-the-author.md"), "do not hand out\n");
  }

  @Test
  void aHandoutHoldsWhatIsOnTheListAndNoSecret() throws IOException {
    Run run = course.run("handout", "class");
    assertThat(run.code()).isZero();
    assertThat(files(course.root().resolve("class")))
        .containsExactlyInAnyOrder(
            "README.md",
            "katas/pom.xml",
            "katas/kata-99-counter/README.md",
            "katas/kata-99-counter/pom.xml",
            "katas/kata-99-counter/contract/kata99/Counter.java",
            "katas/kata-99-counter/src/kata99/Solution.java",
            "katas/kata-99-counter/test/kata99/SampleTest.java");
    assertThat(course.root().resolve("class/README.md"))
        .content()
        .contains("mvn -q test -f katas/kata-99-counter", "Hand in")
        .doesNotContain("./grade");
    assertNoSecretIn(course.root().resolve("class"));
  }

  @Test
  void aHandoutWithChecksHasThemCompiledOnly() throws IOException {
    Run run = course.run("handout", "class", "--with-checks");
    assertThat(run.code()).isZero();
    Path handout = course.root().resolve("class");
    assertThat(files(handout))
        .contains("katas/kata-99-counter/checks.zip", "grade")
        .noneMatch(name -> name.contains("hidden") || name.contains("reference"));
    assertThat(handout.resolve("README.md")).content().contains("./grade kata-99\n");
    assertNoSecretIn(handout);
  }

  @Test
  void aStudentGradesAtHomeWithAHandout() throws IOException {
    course.run("handout", "class", "--with-checks");
    Path work = course.submission("one", ScratchCourse.ALWAYS_ONE);
    Run run = course.run("99", "--katas", "class/katas", work.toString());
    assertThat(run.out()).contains("60 of 100");
    assertThat(course.run("99", "--katas", "class/katas").out()).contains("0 of 100");
  }

  @Test
  void whatIsThereAlreadyIsNotOverwritten() throws IOException {
    ScratchCourse.write(course.root().resolve("class/mine.txt"), "mine");
    assertThat(course.run("handout", "class").code()).isEqualTo(ExitCode.USAGE);
    assertThat(files(course.root().resolve("class"))).containsExactly("mine.txt");
  }

  @Test
  void aSolutionInThePlaceOfTheStubIsNotGivenAway() throws IOException {
    ScratchCourse.write(course.kata().resolve("src/kata99/Solution.java"), ScratchCourse.RIGHT);
    Run run = course.run("handout", "class");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("looks like a solution");
    assertNoSecretIn(course.root().resolve("class"));
  }

  /** The paths of all files below a folder, with forward slashes. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private void assertNoSecretIn(Path handout) throws IOException {
    Set<String> secrets = secrets();
    assertThat(secrets).hasSizeGreaterThan(10);
    for (String name : files(handout)) {
      byte[] bytes = Files.readAllBytes(handout.resolve(name));
      for (byte[] part : name.endsWith("checks.zip") ? unpacked(bytes) : List.of(bytes)) {
        String text = new String(part, StandardCharsets.ISO_8859_1);
        assertThat(secrets).as("secrets in " + name).noneMatch(text::contains);
      }
    }
  }

  /** Lines of the hidden checks, the mutants and the reference that students' files lack. */
  private Set<String> secrets() throws IOException {
    Set<String> known = new HashSet<>();
    for (String open : List.of("contract", "src", "test")) {
      Path sources = course.kata().resolve(open);
      // In one of the tests the stub's place holds the secret.
      if (!open.equals("src") || holdsTheStub(sources)) {
        known.addAll(lines(sources));
      }
    }
    Set<String> secrets = new HashSet<>(lines(course.kata().resolve("hidden")));
    secrets.addAll(lines(course.reference()));
    secrets.removeAll(known);
    secrets.add("do not hand out");
    return secrets;
  }

  private static boolean holdsTheStub(Path sources) throws IOException {
    return Files.readString(sources.resolve("kata99/Solution.java")).equals(ScratchCourse.STUB);
  }

  private static List<String> lines(Path sources) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : files(sources)) {
      Files.readAllLines(sources.resolve(name)).stream()
          .map(String::strip)
          .filter(line -> line.length() > 4)
          .forEach(lines::add);
    }
    return lines;
  }

  private static List<byte[]> unpacked(byte[] archive) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.add(zip.readAllBytes());
      }
    }
    assertThat(parts).hasSizeGreaterThan(2);
    return parts;
  }
}
