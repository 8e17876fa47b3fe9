package org.katagrade.grader.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.fork.Isolation;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;
import org.katagrade.grader.sandbox.Sandbox;

/** The kata the grader is tested with, and a grader for it. */
public final class TestCourse {

  /** For the source of a check: what Lincheck has woven into, class files by name. */
  static final String WOVEN =
      "org.jetbrains.lincheck.jvm.agent.LincheckClassFileTransformer.INSTANCE"
          + ".getTransformedClassesCache()";

  private static final Path RESOURCES = Path.of("src/test/resources");

  private TestCourse() {}

  public static Path katas() {
    return RESOURCES.resolve("course/katas");
  }

  public static Path cases() {
    return RESOURCES.resolve("cases");
  }

  public static Kata turnstile() throws IOException {
    return Course.in(katas()).find("turnstile");
  }

  /** The kata in a folder of its own, with its hidden checks changed. */
  public static Kata copied(Path folder, UnaryOperator<String> change) throws IOException {
    Path course = folder.resolve("course");
    copy(katas().resolveSibling(""), course);
    Path checks;
    try (Stream<Path> files = Files.walk(course)) {
      checks =
          files.filter(file -> file.toString().endsWith("Checks.java")).findFirst().orElseThrow();
    }
    Files.writeString(checks, change.apply(Files.readString(checks)));
    return Course.in(course.resolve("katas")).find("turnstile");
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** In the best sandbox of this machine. */
  public static Jvm jvm() {
    try {
      return jvm(Isolation.best());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trying sandboxes", e);
    }
  }

  public static Jvm jvm(Sandbox sandbox) {
    return new Jvm(
        Path.of(System.getProperty("java.home")),
        Path.of("target/test-lib"),
        List.of(),
        null,
        sandbox);
  }

  /** The checks that were not passed, with their verdicts' names. */
  public static Map<String, String> failed(Grade grade) {
    Map<String, String> failed = new TreeMap<>();
    for (CheckGrade check : grade.checks()) {
      if (!check.passed()) {
        failed.put(check.id(), check.verdict().name());
      }
    }
    return failed;
  }

  public static KataCompiler compiler() {
    return new KataCompiler(jvm().checkJars(), Path.of("target/test-cache"));
  }

  public static Grader grader() {
    return new Grader(jvm(), compiler(), "test");
  }
}
