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

  private Path target(Kata kata) {
    return folder.resolve("katas").resolve(kata.folder().getFileName().toString());
  }

  private static void copyInto(Path target, Path file) throws IOException {
    Files.copy(
        file, target.resolve(file.getFileName().toString()), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
