package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.katagrade.grader.compile.KataArchive;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.kata.StudentCopy;

/** What the students of a class get, and nothing more than that. */
record Handout(Course course, Path folder) {

  private static final String README =
      """
      # Concurrency katas

      Each folder in `katas` is an exercise. Its `README.md` says all there is to know, `contract` holds the
      interface, and you write `src/kataNN/Solution.java`, which has to stand where its stub stands.

      You need a JDK 25 (for example https://adoptium.net/temurin/releases/?version=25).

      ## Run the sample test

      The examples of the README are in `test/kataNN/SampleTest.java`. Open the kata's folder as a Maven project in
      your IDE and run it there, or, with Maven installed:

      ```
      mvn -q test -f katas/%1$s
      ```

      Passing it is a beginning; the grade asks more.

      ## Grade

      """;

  private static final String WITH_GRADER =
      """
      ```
      ./grade %1$s
      ```

      On Windows it is `grade %1$s`. `./grade list` shows all katas and your best scores, `./grade hint %1$s` gives a
      hint, `./grade --help` says the rest. The final word is a grade made by who runs the course.
      """;

  private static final String WITHOUT_GRADER =
      """
      Hand in the folder `src` of the kata. Who runs the course grades it.
      """;

  private static final List<String> LAUNCHERS = List.of("grade", "grade.cmd", "LICENSE");

  /** Writes the katas, without anything that grades them. */
  void writeKatas() throws IOException {
    Path katas = folder.resolve("katas");
    Files.createDirectories(katas);
    Path parent = course.folder().resolve("pom.xml");
    if (Files.isRegularFile(parent)) {
      Files.copy(parent, katas.resolve("pom.xml"));
    }
    for (Kata kata : course.katas()) {
      StudentCopy.inCourse(kata, target(kata));
    }
  }

  /** Adds the compiled checks and the grader, so that students grade at home. */
  void addGrader(Installation installation, KataCompiler compiler) throws IOException {
    for (Kata kata : course.katas()) {
      KataArchive.write(
          compiler.compile(kata),
          target(kata).resolve(kata.compiledChecks().getFileName().toString()));
    }
    Path library = folder.resolve("grader").resolve("lib");
    Files.createDirectories(library);
    try (Stream<Path> jars = Files.list(installation.library())) {
      for (Path jar : jars.filter(each -> each.toString().endsWith(".jar")).toList()) {
        copyInto(library, jar);
      }
    }
    for (String name : LAUNCHERS) {
      Path file = installation.root().resolve(name);
      if (Files.isRegularFile(file)) {
        copyInto(folder, file);
      }
    }
  }

  /** Says what to do with all this. */
  void writeReadme(boolean withGrader) throws IOException {
    if (course.katas().isEmpty()) {
      return;
    }
    Kata first = course.katas().getFirst();
    Files.writeString(
        folder.resolve("README.md"),
        README.formatted(first.folder().getFileName())
            + (withGrader ? WITH_GRADER : WITHOUT_GRADER).formatted(first.id()));
  }

  private Path target(Kata kata) {
    return folder.resolve("katas").resolve(kata.folder().getFileName().toString());
  }

  private static void copyInto(Path target, Path file) throws IOException {
    Files.copy(
        file, target.resolve(file.getFileName().toString()), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
