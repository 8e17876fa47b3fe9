package org.katagrade.grader.kata;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a student gets of a kata: the files on a list, so that whatever else a kata holds, now or
 * later, stays behind.
 */
public final class StudentCopy {

  private static final List<String> FOLDERS = List.of("contract", "src", "test");

  /** What the stub of a kata throws, and a solution does not. */
  private static final String STUB = UnsupportedOperationException.class.getSimpleName();

  private StudentCopy() {}

  /** Writes a copy that stands alone: its build file needs no parent. */
  public static void alone(Kata kata, Path target) throws IOException {
    Path parent = kata.folder().resolveSibling("pom.xml");
    Path own = kata.folder().resolve("pom.xml");
    if (isFile(own) && !isFile(parent) && Files.readString(own).contains("<parent>")) {
      throw new UsageException(
          "the build file of %s has a parent, and there is no %s".formatted(kata.id(), parent));
    }
    write(kata, target);
    if (isFile(parent)) {
      Files.writeString(target.resolve("pom.xml"), withoutParent(kata, Files.readString(parent)));
    }
  }

  /**
   * Writes a copy that stands in a course beside others.
   *
   * @throws UsageException if the kata's own folder holds more than the stub
   */
  public static void inCourse(Kata kata, Path target) throws IOException {
    boolean stub =
        Sources.submission(kata.folder()).sources().stream()
            .anyMatch(source -> source.text().contains(STUB));
    if (!stub) {
      throw new UsageException(
          kata.stub() + " looks like a solution, not like a stub, and would be given away");
    }
    write(kata, target);
  }

  /** The parent of all katas, turned into a build file for one. */
  private static String withoutParent(Kata kata, String parent) {
    String name = kata.folder().getFileName().toString();
    return parent
        .replaceFirst("<artifactId>[^<]*</artifactId>", "<artifactId>" + name + "</artifactId>")
        .replaceFirst("\\s*<packaging>pom</packaging>", "");
  }

  private static void write(Kata kata, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : List.of("pom.xml", "README.md")) {
      Path file = kata.folder().resolve(name);
      if (isFile(file)) {
        Files.copy(file, target.resolve(name));
      }
    }
    for (String folder : FOLDERS) {
      copySources(kata.folder().resolve(folder), target.resolve(folder));
    }
  }

  private static void copySources(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(StudentCopy::isSource).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling("."));
        Files.copy(file, copy);
      }
    }
  }

  private static boolean isSource(Path file) {
    return file.getFileName().toString().endsWith(".java") && isFile(file);
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
