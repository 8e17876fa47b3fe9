package org.katagrade.grader.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.katagrade.grader.fork.Isolation;
import org.katagrade.grader.grade.GradeOptions;
import org.katagrade.grader.kata.UsageException;
import org.katagrade.grader.sandbox.Level;
import org.katagrade.grader.sandbox.Sandbox;
import picocli.CommandLine.Option;

/** The options that say what is run and how. */
final class RunOptions {

  @Option(
      names = "--quick",
      description = "Leave out what is slow: model checking, chosen schedules, data races.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "CHECK",
      description =
          "Run one check, by its title or its id, and what it needs; the progress on a pipe and"
              + " --json name the ids.")
  private @Nullable String only;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many processors the checks may keep busy; all if it is not said.")
  private @Nullable Integer jobs;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What random choices follow from; the same seed makes the same choices.")
  private @Nullable Long seed;

  @Option(
      names = "--library",
      paramLabel = "JAR",
      description = "A jar the work may use in this run, which the report says; may be repeated.")
  private List<String> libraries = new ArrayList<>();

  @Option(
      names = "--sandbox",
      paramLabel = "LEVEL",
      description =
          "The least sandbox to run in: 1, 2 or 3; 'grade doctor' says what this machine has.")
  private int sandbox = Level.JVM.number();

  GradeOptions in(Surroundings surroundings) throws InterruptedException {
    GradeOptions usual = GradeOptions.usual();
    if (jobs != null && jobs < 1) {
      throw new UsageException("--jobs must be 1 or more, not " + jobs);
    }
    requireSandbox();
    return new GradeOptions(
        quick,
        only,
        jobs == null ? usual.jobs() : jobs,
        seed == null ? usual.seed() : seed,
        libraries.stream().map(each -> jar(surroundings.resolve(each))).toList(),
        false);
  }

  private void requireSandbox() throws InterruptedException {
    if (sandbox < Level.JVM.number() || sandbox > Level.FULL.number()) {
      throw new UsageException("--sandbox must be 1, 2 or 3, not " + sandbox);
    }
    if (sandbox == Level.JVM.number()) {
      return;
    }
    Sandbox best = Isolation.best();
    if (best.level().number() < sandbox) {
      throw new UsageException(
          "--sandbox %d asks for more than this machine has, which is level %d (%s); 'grade doctor' says how to get more"
              .formatted(sandbox, best.level().number(), String.join("; ", best.lacks())));
    }
  }

  private static Path jar(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("there is no library " + file);
    }
    try (ZipFile jar = new ZipFile(file.toFile())) {
      return file;
    } catch (IOException e) {
      throw new UsageException(file + " is no jar: " + e.getMessage());
    }
  }
}
