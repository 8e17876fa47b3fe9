package org.katagrade.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.katagrade.grader.compile.KataCompiler;
import org.katagrade.grader.fork.Jvm;
import org.katagrade.grader.kata.Course;
import org.katagrade.grader.kata.Kata;

/** The kata the grader is tested with, and a grader for it. */
public final class TestCourse {

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

  public static Jvm jvm() {
    return new Jvm(
        Path.of(System.getProperty("java.home")), Path.of("target/test-lib"), List.of(), null);
  }

  public static KataCompiler compiler() {
    return new KataCompiler(jvm().checkJars(), Path.of("target/test-cache"));
  }

  public static Grader grader() {
    return new Grader(jvm(), compiler(), "test");
  }
}
